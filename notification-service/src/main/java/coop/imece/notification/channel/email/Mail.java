package coop.imece.notification.channel.email;

import java.time.Instant;

/// One mail on its way through a [MailLane].
public interface Mail {

    /// The recipient's address.
    String to();

    /// Its text, rendered once for all who get the same words.
    MailTemplate template();

    /// Waits until the mail may go onto the wire, so that no more are under way than their outcomes can be written
    /// down. That may take long: what was read about the recipient is looked at afterwards.
    default void awaitRoom() {}

    /// Whether what was read about the recipient (consent, suppression) is too old to act on. Asked for the last time
    /// just before the mail goes onto the wire.
    boolean stale(long nanoTime);

    /// What differs from one recipient to the next.
    MailTemplate.Gaps gaps(Instant now);

    /// What became of it; called exactly once, by the connection's thread.
    void done(MailOutcome outcome);
}
