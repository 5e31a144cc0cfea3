package coop.imece.gateway.signin;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.text.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// Somebody's attempt to prove that an address is theirs: one document per address, its id derived from the address.
///
/// Invariants: one code and one link are valid at a time, until they expire, were used, or were tried too often; each
/// try is stored before its result is known to anybody, so that parallel guesses count; code and link are kept as
/// keyed hashes, the address encrypted; whether the address has an account is not known here.
///
/// It announces nothing and sends only [SendMessage] commands, which expire sooner than the document: this is why,
/// unlike other aggregates, it may be forgotten ([#forgetAt]) a day after its last use.
@Document("sign_ins")
final class SignIn extends AggregateRoot {

    /// The purpose its address is encrypted for.
    static final String PURPOSE = "sign-in";

    private static final Duration DAY = Duration.ofDays(1);

    private final String address;
    private @Nullable String codeHash;

    @Indexed(sparse = true)
    private @Nullable String linkHash;

    private @Nullable Instant expiresAt;
    private int triesLeft;
    private Language language = Language.EN;
    private List<Instant> requests = new ArrayList<>();

    @Indexed(expireAfter = "0s")
    @SuppressWarnings("UnusedVariable") // the store reads it
    private @Nullable Instant forgetAt;

    /// @param id derived from the address
    /// @param address encrypted
    SignIn(UUID id, String address) {
        super(id);
        this.address = address;
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }

    String encryptedAddress() {
        return address;
    }

    Language language() {
        return language;
    }

    /// How long to wait before another code may be asked for; empty if it may be now.
    Optional<Duration> pause(SignInLimits limits, Instant now) {
        List<Instant> today =
                requests.stream().filter(at -> at.plus(DAY).isAfter(now)).toList();
        List<Instant> lately = today.stream()
                .filter(at -> at.plus(limits.window()).isAfter(now))
                .toList();
        if (today.size() >= limits.perDay()) {
            return Optional.of(Duration.between(
                    now, today.get(today.size() - limits.perDay()).plus(DAY)));
        }
        if (lately.size() >= limits.perWindow()) {
            return Optional.of(Duration.between(
                    now, lately.get(lately.size() - limits.perWindow()).plus(limits.window())));
        }
        return Optional.empty();
    }

    /// A code and a link were made; those before them are no longer valid.
    void codeRequested(
            String codeHash,
            String linkHash,
            Language language,
            SignInLimits limits,
            Instant now,
            SendMessage message) {
        this.codeHash = codeHash;
        this.linkHash = linkHash;
        this.language = language;
        this.expiresAt = message.expiresAt();
        this.triesLeft = limits.tries();
        List<Instant> kept = new ArrayList<>(
                requests.stream().filter(at -> at.plus(DAY).isAfter(now)).toList());
        kept.add(now);
        this.requests = kept;
        this.forgetAt = now.plus(DAY);
        raise(message);
    }

    /// Tries a code: true, once, if it is the one. The caller saves before it tells.
    boolean tryCode(String hash, Instant now) {
        if (!open(now) || triesLeft == 0) {
            return false;
        }
        triesLeft--;
        return used(codeHash, hash);
    }

    /// Tries a link: true, once, if it is the one. Its 256 bits cannot be guessed, so tries are not counted.
    boolean tryLink(String hash, Instant now) {
        return open(now) && used(linkHash, hash);
    }

    private boolean open(Instant now) {
        return expiresAt != null && now.isBefore(expiresAt);
    }

    private boolean used(@Nullable String stored, String given) {
        boolean right = stored != null
                && MessageDigest.isEqual(
                        stored.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
        if (right) {
            codeHash = null;
            linkHash = null;
            expiresAt = null;
        }
        return right;
    }
}
