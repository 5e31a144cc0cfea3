package coop.imece.notification.channel;

/// What became of one message handed to a server or operator. Texts hold no personal data.
public sealed interface SendResult {

    /// The other side took responsibility.
    ///
    /// @param reference its id of the message (queue id, SMPP message id), possibly empty
    /// @param detail what it said
    record Accepted(String reference, String detail) implements SendResult {}

    /// It will never be taken: a failed delivery, not to be tried again.
    ///
    /// @param code permanent code, for example `550` or `ESME_RINVDSTADR`
    /// @param text what the other side said
    record Refused(String code, String text) implements SendResult {}

    /// Not now, and certainly not sent: try again later.
    record Deferred(String reason) implements SendResult {}

    /// Handed over, but the answer never came: it may have been sent.
    record Unknown(String reason) implements SendResult {}
}
