package coop.imece.notification.channel;

import java.util.UUID;

/// An SMS ready to go.
///
/// @param delivery the delivery it carries out
/// @param to the number, E.164
/// @param text all of it; the channel chooses the encoding that needs the fewest parts
/// @param receipt whether the operator is to tell later what became of it: only for those whose receipt is booked
public record OutgoingSms(UUID delivery, String to, String text, boolean receipt) {

    /// Ids, no personal data: an SMS must not end up in a log by accident.
    @Override
    public String toString() {
        return "OutgoingSms[" + delivery + "]";
    }
}
