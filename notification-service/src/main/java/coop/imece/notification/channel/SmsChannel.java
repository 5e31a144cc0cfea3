package coop.imece.notification.channel;

/// Sends one SMS and waits for the answer of the operator.
///
/// Two beans, each with a session of its own: `urgentSms` and `broadcastSms`. Inject by `@Qualifier`.
public interface SmsChannel {

    /// What the operator said; throws nothing for what an operator or a network may do.
    SendResult send(OutgoingSms sms);
}
