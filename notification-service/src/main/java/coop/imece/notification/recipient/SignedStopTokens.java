package coop.imece.notification.recipient;

import coop.imece.notification.key.KeyedHashes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
final class SignedStopTokens implements StopTokens {

    private static final String PURPOSE = "stop";

    private final KeyedHashes hashes;

    SignedStopTokens(KeyedHashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public String token(UUID delivery) {
        return hashes.sign(
                PURPOSE,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(delivery.getMostSignificantBits())
                        .putLong(delivery.getLeastSignificantBits())
                        .array());
    }

    @Override
    public Optional<UUID> delivery(String token) {
        return hashes.open(PURPOSE, token)
                .filter(content -> content.length == 2 * Long.BYTES)
                .map(ByteBuffer::wrap)
                .map(content -> new UUID(content.getLong(), content.getLong()));
    }
}
