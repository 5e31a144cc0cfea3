package coop.imece.gateway.signin;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.Channel;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Sealing;
import coop.imece.platform.text.Language;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Makes codes and links, and the sealed message that carries them.
@Component
class SignInMessages {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CODES = 100_000_000;
    private static final int LINK_BYTES = 32;

    /// @param code eight digits
    /// @param link the secret part of the link
    /// @param message both, sealed
    record Made(String code, String link, SendMessage message) {

        @Override
        public String toString() {
            return "Made[" + message.messageId() + "]";
        }
    }

    /// What is sealed.
    private record Content(String address, Map<String, String> parameters) {}

    private final Sealing sealing;
    private final PublicAddress publicAddress;
    private final SignInSettings settings;

    SignInMessages(Sealing sealing, PublicAddress publicAddress, SignInSettings settings) {
        this.sealing = sealing;
        this.publicAddress = publicAddress;
        this.settings = settings;
    }

    SignInLimits limits(Channel channel) {
        return settings.limits(channel, publicAddress);
    }

    Made make(Address address, Language language, Instant now) {
        String code = String.format(Locale.ROOT, "%08d", RANDOM.nextInt(CODES));
        byte[] random = new byte[LINK_BYTES];
        RANDOM.nextBytes(random);
        String link = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Content content =
                new Content(address.value(), Map.of("code", code, "link", publicAddress.of("/sign-in/link/" + link)));
        return new Made(
                code,
                link,
                SendMessage.signIn(
                        Ids.v7(),
                        address.channel().name(),
                        language,
                        now.plus(settings.life()),
                        sealing.seal(content)));
    }
}
