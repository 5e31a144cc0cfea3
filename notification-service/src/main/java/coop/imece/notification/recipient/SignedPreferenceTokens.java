package coop.imece.notification.recipient;

import coop.imece.notification.key.KeyedHashes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
final class SignedPreferenceTokens implements PreferenceTokens {

    private static final Duration VALID = Duration.ofDays(30);

    private final DatedTokens tokens;

    SignedPreferenceTokens(KeyedHashes hashes, Clock clock) {
        tokens = new DatedTokens(hashes, clock, "preferences", VALID);
    }

    @Override
    public String token(UUID recipient) {
        return tokens.token(recipient);
    }

    @Override
    public Optional<UUID> recipient(String token) {
        return tokens.id(token);
    }
}
