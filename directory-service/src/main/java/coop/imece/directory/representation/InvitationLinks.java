package coop.imece.directory.representation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Sealing;
import coop.imece.platform.text.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes links, and the sealed messages that carry them. A link holds 128 random bits, so its hash needs no key; it is
/// no longer, because it travels in an SMS.
@Component
class InvitationLinks {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int LONGEST_TOKEN = 200;

    private final Sealing sealing;
    private final String publicUrl;

    InvitationLinks(Sealing sealing, @Value("${imece.public-url}") String publicUrl) {
        this.sealing = sealing;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /// @param hash what the link is found by
    /// @param message the link, sealed
    record Made(String hash, SendMessage message) {}

    /// What is sealed.
    private record Content(String address, Map<String, String> parameters) {}

    Made make(
            UUID invitation,
            Invitation.Purpose purpose,
            InvitedAddress address,
            Language language,
            Map<String, String> parameters,
            Instant expiresAt) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var all = new java.util.LinkedHashMap<>(parameters);
        all.put("link", publicUrl + "/invitations/" + token);
        return new Made(
                hash(token),
                new SendMessage(
                        Ids.derived("invitation-message", invitation.toString()),
                        purpose.name().toLowerCase(Locale.ROOT),
                        address.channel().name(),
                        language.tag(),
                        expiresAt,
                        sealing.seal(new Content(address.value(), all))));
    }

    /// What a link is found by; whatever somebody typed, it is hashed.
    static String hash(String token) {
        String bounded = token.length() > LONGEST_TOKEN ? "" : token;
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bounded.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
