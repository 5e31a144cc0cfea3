package coop.imece.notification.recipient;

import coop.imece.notification.key.KeyedHashes;
import coop.imece.notification.message.SendMessage;
import coop.imece.notification.recipient.PendingConfirmation.Request;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Sealing;
import coop.imece.platform.text.Language;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes the question that proves whether somebody reads an address: a link by e-mail, eight digits by SMS.
///
/// What is stored is a keyed hash bound to the recipient. The token of a link names the recipient and holds 128 random
/// bits.
@Component
final class Questions {

    private static final int RANDOM_BYTES = 16;
    private static final int CODES = 100_000_000;
    private static final String PROOF = "proof";

    private final KeyedHashes hashes;
    private final Sealing sealing;
    private final String publicUrl;
    private final SecureRandom random = new SecureRandom();

    Questions(KeyedHashes hashes, Sealing sealing, @Value("${imece.public-url}") String publicUrl) {
        this.hashes = hashes;
        this.sealing = sealing;
        this.publicUrl = publicUrl;
    }

    /// @param confirmation to be stored
    /// @param message to be sent with the same write
    record Question(PendingConfirmation confirmation, SendMessage message) {}

    /// Asks to confirm a subscription.
    Question subscription(UUID recipient, ContactPoint contact, Language language, Request request, Instant now) {
        return switch (contact.channel()) {
            case EMAIL -> {
                String token = newToken(recipient);
                yield question(
                        contact,
                        language,
                        "subscription-confirmation",
                        Map.of(
                                "link",
                                publicUrl + "/subscriptions/confirmation?lang=" + language.tag() + "&token=" + token),
                        proof(recipient, token),
                        now.plus(PendingConfirmation.LINK_VALID),
                        request);
            }
            case SMS -> {
                String code = newCode();
                yield question(
                        contact,
                        language,
                        "subscription-confirmation",
                        Map.of("code", code),
                        proof(recipient, code),
                        now.plus(PendingConfirmation.CODE_VALID),
                        request);
            }
        };
    }

    /// Asks for proof before data are shown or deleted.
    Question freshCode(UUID recipient, ContactPoint contact, Language language, Instant now) {
        String code = newCode();
        return question(
                contact,
                language,
                "fresh-code",
                Map.of("code", code),
                proof(recipient, code),
                now.plus(PendingConfirmation.CODE_VALID),
                null);
    }

    private Question question(
            ContactPoint contact,
            Language language,
            String template,
            Map<String, String> parameters,
            String proof,
            Instant expiresAt,
            @Nullable Request request) {
        UUID id = Ids.v7();
        return new Question(
                new PendingConfirmation(id, contact.channel(), proof, expiresAt, 0, null, request),
                new SendMessage(
                        id,
                        template,
                        contact.channel().name(),
                        language.tag(),
                        expiresAt,
                        sealing.seal(new SendMessage.Contents(contact.value(), parameters))));
    }

    /// The hash by which a token or code is recognised.
    String proof(UUID recipient, String answer) {
        return hashes.of(PROOF, recipient + "|" + answer);
    }

    /// The recipient a token of ours names; says nothing yet about whether it is any good.
    static Optional<UUID> recipient(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length != 2 * Long.BYTES + RANDOM_BYTES) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.wrap(bytes);
            return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private String newToken(UUID recipient) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(2 * Long.BYTES + RANDOM_BYTES)
                        .putLong(recipient.getMostSignificantBits())
                        .putLong(recipient.getLeastSignificantBits())
                        .put(secret)
                        .array());
    }

    private String newCode() {
        return String.format(Locale.ROOT, "%08d", random.nextInt(CODES));
    }
}
