package coop.imece.notification.channel;

import java.util.UUID;

/// An SMS ready to go.
///
/// @param delivery the delivery it carries out
/// @param to the number, E.164
/// @param text all of it; the channel chooses the encoding that needs the fewest parts
public record OutgoingSms(UUID delivery, String to, String text) {

    /// Ids, no personal data: an SMS must not end up in a log by accident.
    @Override
    public String toString() {
        return "OutgoingSms[" + delivery + "]";
    }
}
