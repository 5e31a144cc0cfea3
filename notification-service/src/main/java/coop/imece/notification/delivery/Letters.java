package coop.imece.notification.delivery;

import coop.imece.notification.channel.email.MailTemplate;
import coop.imece.platform.text.Language;
import java.util.Optional;
import java.util.UUID;

/// What a delivery says, and whether it is still to be said; implemented by the broadcast package.
public interface Letters {

    /// Why nothing of this broadcast is to be sent any more (`superseded`, `past`), or empty.
    Optional<String> ended(UUID broadcast);

    /// The mail, rendered once for all who get the same words.
    MailTemplate mail(Delivery delivery, Language language);

    /// The SMS.
    String sms(Delivery delivery, Language language);
}
