package coop.imece.gateway.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// The secret of a program: shown once, then only its hash is known. 256 random bits need no salt and no slow hash.
///
/// @param value begins in a way that lets scanners of source code recognise it
record ClientSecret(String value) {

    private static final int BYTES = 32;
    private static final String PREFIX = "imece_";
    private static final SecureRandom RANDOM = new SecureRandom();

    static ClientSecret made() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new ClientSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Says which secret it was, and nothing of the secret.
    static String mark(String hash) {
        return hash.substring(0, 16);
    }

    @Override
    public String toString() {
        return "ClientSecret[…]";
    }
}
