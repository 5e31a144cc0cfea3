package coop.imece.notification.channel;

/// Sends one mail and waits for the answer.
///
/// Two beans, each with connections of its own, so that a broadcast never delays a sign-in code: `urgentEmail` (codes
/// and confirmations) and `broadcastEmail`. Inject by `@Qualifier`.
public interface EmailChannel {

    /// What the server said; throws nothing for what a server or a network may do.
    SendResult send(OutgoingEmail mail);
}
