package coop.imece.notification.channel.email;

import java.time.Instant;

/// One mail on its way through a [MailLane].
public interface Mail {

    /// The recipient's address.
    String to();

    /// Its text, rendered once for all who get the same words.
    MailTemplate template();

    /// What differs from one recipient to the next. Called by the connection just before the mail goes onto the wire;
    /// may
    /// wait, so that no more mails are under way than their outcomes can be written down.
    MailTemplate.Gaps gaps(Instant now);

    /// Whether what was read about the recipient (consent, suppression) is too old to act on.
    boolean stale(long nanoTime);

    /// What became of it; called exactly once, by the connection's thread.
    void done(MailOutcome outcome);
}
