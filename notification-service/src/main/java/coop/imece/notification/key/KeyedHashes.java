package coop.imece.notification.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// HMAC-SHA-256 under the service's own keys: hashes that find a value without holding it, and tokens that nobody else
/// can make.
///
/// Each use has a purpose that is part of what is hashed, so that a token made for one use is worthless for another.
@Component
public final class KeyedHashes {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final int MAC_BYTES = 16;

    private final List<SecretKeySpec> keys;

    @Autowired
    KeyedHashes(KeySettings settings) {
        this(read(settings));
    }

    KeyedHashes(List<byte[]> keys) {
        if (keys.isEmpty() || keys.size() > 100 || keys.stream().anyMatch(key -> key.length < 32)) {
            throw new IllegalStateException(
                    "imece.keys.hash must hold keys of at least 32 bytes as Base64, one a line");
        }
        this.keys =
                keys.stream().map(key -> new SecretKeySpec(key, "HmacSHA256")).toList();
    }

    private static List<byte[]> read(KeySettings settings) {
        try {
            return settings.hash()
                    .getContentAsString(StandardCharsets.US_ASCII)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Base64.getDecoder()::decode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("imece.keys.hash cannot be read", e);
        }
    }

    /// The hash of a value, as hexadecimal text; the same for ever.
    public String of(String purpose, String value) {
        return HexFormat.of().formatHex(mac(keys.getFirst(), purpose, value.getBytes(StandardCharsets.UTF_8)));
    }

    /// Whether two hashes are equal, in constant time.
    public static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /// A token that carries the content in the open, fit for a path: URL-safe Base64 of key id, content, MAC.
    public String sign(String purpose, byte[] content) {
        int newest = keys.size() - 1;
        byte[] mac = mac(keys.get(newest), purpose, withKeyId(newest, content));
        return URL.encodeToString(ByteBuffer.allocate(1 + content.length + MAC_BYTES)
                .put(withKeyId(newest, content))
                .put(mac, 0, MAC_BYTES)
                .array());
    }

    /// The content of a token made by [#sign] for this purpose.
    public Optional<byte[]> open(String purpose, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (bytes.length <= 1 + MAC_BYTES || bytes[0] < 0 || bytes[0] >= keys.size()) {
            return Optional.empty();
        }
        byte[] signed = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, signed.length, bytes.length);
        byte[] expected = Arrays.copyOf(mac(keys.get(bytes[0]), purpose, signed), MAC_BYTES);
        return MessageDigest.isEqual(mac, expected)
                ? Optional.of(Arrays.copyOfRange(signed, 1, signed.length))
                : Optional.empty();
    }

    private static byte[] withKeyId(int keyId, byte[] content) {
        return ByteBuffer.allocate(1 + content.length)
                .put((byte) keyId)
                .put(content)
                .array();
    }

    private static byte[] mac(SecretKeySpec key, String purpose, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks HmacSHA256", e);
        }
    }
}
