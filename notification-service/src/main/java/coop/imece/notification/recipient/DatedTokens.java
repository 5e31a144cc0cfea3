package coop.imece.notification.recipient;

import coop.imece.notification.key.KeyedHashes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Signed tokens that name an id and say themselves until when they are good.
final class DatedTokens {

    private static final int LENGTH = 2 * Long.BYTES + Integer.BYTES;

    private final KeyedHashes hashes;
    private final Clock clock;
    private final String purpose;
    private final Duration valid;

    DatedTokens(KeyedHashes hashes, Clock clock, String purpose, Duration valid) {
        this.hashes = hashes;
        this.clock = clock;
        this.purpose = purpose;
        this.valid = valid;
    }

    String token(UUID id) {
        Instant until = clock.instant().plus(valid);
        return hashes.sign(
                purpose,
                ByteBuffer.allocate(LENGTH)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .putInt(Math.toIntExact(until.getEpochSecond() / 60))
                        .array());
    }

    Optional<UUID> id(String token) {
        return hashes.open(purpose, token)
                .filter(content -> content.length == LENGTH)
                .map(ByteBuffer::wrap)
                .flatMap(content -> {
                    var id = new UUID(content.getLong(), content.getLong());
                    Instant until = Instant.ofEpochSecond(content.getInt() * 60L);
                    return clock.instant().isBefore(until) ? Optional.of(id) : Optional.empty();
                });
    }
}
