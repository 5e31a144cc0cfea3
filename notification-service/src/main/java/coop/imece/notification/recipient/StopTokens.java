package coop.imece.notification.recipient;

import java.util.Optional;
import java.util.UUID;

/// The capability to stop, in every mail: names the delivery, can do nothing else, needs no store.
///
/// HMAC over (purpose, key id, delivery id); a replaced key goes on verifying. The address of the page and of the
/// RFC 8058 POST is `<public URL>/unsubscribe/<token>`.
public interface StopTokens {

    String token(UUID delivery);

    /// The delivery, or empty if the token was not made by us.
    Optional<UUID> delivery(String token);
}
