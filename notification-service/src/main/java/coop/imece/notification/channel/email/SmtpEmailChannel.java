package coop.imece.notification.channel.email;

import coop.imece.notification.channel.EmailChannel;
import coop.imece.notification.channel.OutgoingEmail;
import coop.imece.notification.channel.SendResult;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Sends single mails over a lane and waits for the outcome of each.
final class SmtpEmailChannel implements EmailChannel {

    private final MailLane lane;
    private final Letterhead letterhead;

    SmtpEmailChannel(MailLane lane, Letterhead letterhead) {
        this.lane = lane;
        this.letterhead = letterhead;
    }

    @Override
    public SendResult send(OutgoingEmail mail) {
        if (!letterhead.deliverable(mail.to())) {
            return new SendResult.Refused("553", "address cannot be written in a mail");
        }
        var single = new Single(
                mail,
                letterhead.single(mail.language(), mail.subject(), mail.text(), mail.html(), mail.headers()),
                letterhead,
                new CompletableFuture<>());
        lane.submit(single);
        return switch (single.outcome().join()) {
            case MailOutcome.Accepted accepted -> new SendResult.Accepted("", accepted.reply());
            case MailOutcome.Refused refused -> new SendResult.Refused(String.valueOf(refused.code()), refused.reply());
            case MailOutcome.Deferred deferred -> new SendResult.Deferred(deferred.reply());
            case MailOutcome.NotSent notSent -> new SendResult.Deferred(notSent.reason());
            case MailOutcome.Unanswered unanswered -> new SendResult.Unknown(unanswered.reason());
        };
    }

    private record Single(
            OutgoingEmail mail, MailTemplate template, Letterhead letterhead, CompletableFuture<MailOutcome> outcome)
            implements Mail {

        @Override
        public String to() {
            return mail.to();
        }

        @Override
        public MailTemplate.Gaps gaps(Instant now) {
            return letterhead.gaps(mail.delivery(), mail.to(), now, "", "");
        }

        @Override
        public boolean stale(long nanoTime) {
            return false;
        }

        @Override
        public void done(MailOutcome what) {
            outcome.complete(what);
        }
    }
}
