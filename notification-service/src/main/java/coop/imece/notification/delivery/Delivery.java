package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.platform.aggregate.Ids;
import java.util.UUID;

/// One message of one broadcast to one recipient by one channel.
///
/// Its id derives from these three, so that expanding a broadcast again changes nothing, and the Message-ID derives
/// from its id, so that a mail repeated after a kill is the same mail.
///
/// @param id see [#idOf]
/// @param broadcast which it belongs to
/// @param gathering what it is about: changes and cancellations go to those who heard
/// @param recipient to whom
/// @param channel by which way
/// @param wording what it says
/// @param reason why it comes
/// @param chunk in which it is handed out
/// @param tries how often it was deferred by the other side
public record Delivery(
        UUID id,
        UUID broadcast,
        UUID gathering,
        UUID recipient,
        Channel channel,
        Wording wording,
        Reason reason,
        UUID chunk,
        int tries) {

    /// What a message tells: news of a gathering, its change, its end.
    public enum Wording {
        ANNOUNCEMENT,
        CHANGE,
        CANCELLATION
    }

    /// Where a delivery stands. PENDING and SENDING are open, all others are outcomes.
    public enum State {
        /// Waits in its chunk, or, with a due time, for the sweep that puts it into a new one.
        PENDING,
        /// Handed to a worker; after a kill a mail is repeated, an SMS that may have left becomes IN_DOUBT.
        SENDING,
        /// The relay or operator took it.
        SENT,
        /// It was refused for good and never left.
        FAILED,
        /// It was not to be sent any more and never left: consent withdrawn, superseded, gathering over.
        SUPPRESSED,
        /// It may have been sent and is not repeated by itself.
        IN_DOUBT
    }

    static UUID idOf(UUID broadcast, UUID recipient, Channel channel) {
        return Ids.derived("delivery", broadcast.toString(), recipient.toString(), channel.name());
    }

    /// A new one.
    public static Delivery pending(
            UUID broadcast,
            UUID gathering,
            UUID recipient,
            Channel channel,
            Wording wording,
            Reason reason,
            UUID chunk) {
        return new Delivery(
                idOf(broadcast, recipient, channel),
                broadcast,
                gathering,
                recipient,
                channel,
                wording,
                reason,
                chunk,
                0);
    }
}
