package coop.imece.notification.channel.email;

/// What became of one mail. Texts are ours, or the relay's without what it says of the person.
public sealed interface MailOutcome {

    /// The relay took responsibility (2xx after the final dot).
    record Accepted(String reply) implements MailOutcome {}

    /// The relay will never take it (5xx).
    record Refused(int code, String reply) implements MailOutcome {}

    /// The relay does not take it now (4xx).
    record Deferred(int code, String reply) implements MailOutcome {}

    /// The final dot was written and the answer never came: it may have been sent. To be repeated with the same
    /// Message-ID.
    record Unanswered(String reason) implements MailOutcome {}

    /// Certainly not sent: no connection, or the mail was [Mail#stale].
    record NotSent(String reason) implements MailOutcome {}
}
