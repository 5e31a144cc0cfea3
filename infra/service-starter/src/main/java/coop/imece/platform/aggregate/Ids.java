package coop.imece.platform.aggregate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

/// Ids of our own making (RFC 9562): version 7 by time, version 8 derived from what they stand for.
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /// A new id that sorts by the time of its making.
    public static UUID v7() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        ByteBuffer tail = ByteBuffer.wrap(random);
        long most = System.currentTimeMillis() << 16 | 0x7000L | tail.getShort() & 0x0fffL;
        return new UUID(most, tail.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    /// The id that always follows from the same parts, for whatever must be made once only.
    public static UUID derived(String... parts) {
        MessageDigest sha = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha.update(bytes);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        long most = digest.getLong() & 0xffffffffffff0fffL | 0x8000L;
        return new UUID(most, digest.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
