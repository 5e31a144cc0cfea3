package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.email.Letterhead;
import coop.imece.notification.channel.email.Mail;
import coop.imece.notification.channel.email.MailLane;
import coop.imece.notification.channel.email.MailOutcome;
import coop.imece.notification.channel.email.MailTemplate;
import coop.imece.notification.recipient.PreferenceTokens;
import coop.imece.notification.recipient.Recipients;
import coop.imece.notification.recipient.StopTokens;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// Sends the mails of one chunk.
///
/// Topic `notification.chunk.email.v1`; outside effect (rule 4): a delivery is stored before, marked SENDING, sent,
/// and then written down, in bulk every 100 ms or 100 results; only then is the command acknowledged. At least once:
/// after a kill, mails still SENDING are repeated with the same Message-ID, at most as many as may be unwritten. A
/// chunk handed out twice finds nothing left to do. What may have left and is not to be repeated, or is refused when
/// repeated, is IN_DOUBT: its reader is to hear what became of the gathering.
///
/// Consent and suppression are read again at most five seconds before a mail goes onto the wire. What the relay
/// refuses is a FAILED delivery; what it defers, and what is left when the relay cannot be reached, leaves the chunk
/// with a due time.
@Component
class EmailChunkSending {

    private static final int FLUSH_AT = 100;

    private final Deliveries deliveries;
    private final Recipients recipients;
    private final Letters letters;
    private final Progress progress;
    private final MailLane lane;
    private final MailParts parts;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Semaphore unwritten;

    /// What completes a mail.
    @Component
    record MailParts(Letterhead letterhead, StopTokens stops, PreferenceTokens preferences) {}

    EmailChunkSending(
            Deliveries deliveries,
            Recipients recipients,
            Letters letters,
            Progress progress,
            @Qualifier("broadcastMailLane") MailLane lane,
            MailParts parts,
            DeliverySettings settings,
            Clock clock) {
        this.deliveries = deliveries;
        this.recipients = recipients;
        this.letters = letters;
        this.progress = progress;
        this.lane = lane;
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.unwritten = new Semaphore(settings.unwritten());
    }

    void on(ReceivedMessage message) {
        if (message.type().equals(SendChunk.TYPE)) {
            send(message.command(SendChunk.OfMails.class));
        }
    }

    void send(SendChunk chunk) {
        List<Delivery> open = deliveries.begin(chunk.chunkId());
        if (!open.isEmpty()) {
            var run = new Run(chunk.broadcastId());
            try {
                run.send(open);
            } finally {
                run.end();
            }
        }
        progress.made(chunk.broadcastId());
    }

    /// One worker with one chunk.
    private final class Run {

        private final UUID broadcast;
        private final long end = System.nanoTime() + settings.chunkTime().toNanos();
        private final Outcomes outcomes = new Outcomes(deliveries, unwritten, FLUSH_AT, settings.flushEvery());
        private final List<Delivery> again = new ArrayList<>();
        private int underWay;

        private Run(UUID broadcast) {
            this.broadcast = broadcast;
        }

        private void send(List<Delivery> open) {
            List<Delivery> left = open;
            while (!left.isEmpty()) {
                again.clear();
                Optional<String> ended = letters.ended(broadcast);
                if (ended.isPresent()) {
                    left.forEach(d -> outcomes.add(new Outcome.Suppressed(d.id(), ended.get())));
                } else if (System.nanoTime() - end > 0) {
                    left.forEach(d -> outcomes.add(later(d, "no time left")));
                } else {
                    round(left);
                }
                left = List.copyOf(again);
            }
            outcomes.flush();
        }

        /// One reading of consents, and all mails that go out while it is fresh.
        private void round(List<Delivery> left) {
            long freshUntil = System.nanoTime() + settings.freshFor().toNanos();
            Map<UUID, Recipients.Reachable> reachable =
                    recipients.reachable(left.stream().map(Delivery::recipient).toList(), Channel.EMAIL);
            boolean probing = !lane.reachable();
            for (Delivery delivery : left) {
                Recipients.Reachable to = reachable.get(delivery.recipient());
                if (to == null) {
                    outcomes.add(new Outcome.Suppressed(delivery.id(), "withdrawn"));
                } else if (!parts.letterhead().deliverable(to.address())) {
                    outcomes.add(new Outcome.Failed(delivery.id(), "the address cannot be written in a mail"));
                } else {
                    lane.submit(new DeliveryMail(
                            delivery, to, letters.mail(delivery, to.language()), freshUntil, outcomes));
                    underWay++;
                    if (probing) {
                        settle();
                        probing = !lane.reachable();
                        if (probing) {
                            giveUp(left.subList(left.indexOf(delivery) + 1, left.size()));
                            return;
                        }
                    }
                }
            }
            settle();
        }

        /// The relay cannot be reached: no use in trying all the others now.
        private void giveUp(List<Delivery> rest) {
            rest.forEach(d -> outcomes.add(later(d, "relay unreachable")));
        }

        /// After a failure in the middle: what has not left stays, what has is SENDING, and nobody waits for permits.
        private void end() {
            outcomes.abandon();
            while (underWay > 0) {
                outcomes.take().release(unwritten);
                underWay--;
            }
        }

        private void settle() {
            while (underWay > 0) {
                DeliveryMail mail = outcomes.awaitNext();
                if (mail != null) {
                    underWay--;
                    decide(mail);
                }
            }
        }

        private void decide(DeliveryMail mail) {
            Delivery delivery = mail.delivery();
            switch (mail.outcome()) {
                case MailOutcome.Accepted _ -> outcomes.add(new Outcome.Sent(delivery.id(), List.of()), mail);
                case MailOutcome.Refused refused ->
                    outcomes.add(new Outcome.Failed(delivery.id(), refused.reply()), mail);
                case MailOutcome.Deferred deferred -> outcomes.add(deferred(delivery, deferred.reply()), mail);
                case MailOutcome.Unanswered unanswered -> unanswered(mail, unanswered.reason());
                case MailOutcome.NotSent notSent -> {
                    mail.release(unwritten);
                    if (notSent.reason().equals("stale")) {
                        again.add(delivery);
                    } else {
                        outcomes.add(later(delivery, notSent.reason()));
                    }
                }
            }
        }

        private Outcome deferred(Delivery delivery, String reply) {
            int tries = delivery.tries();
            return tries < settings.retryAfter().size()
                    ? new Outcome.Later(
                            delivery.id(),
                            clock.instant().plus(settings.retryAfter().get(tries)),
                            true,
                            false,
                            reply)
                    : new Outcome.Failed(delivery.id(), reply);
        }

        /// It may have arrived. The same mail is sent again, with the same Message-ID, as often as a deferred one.
        private void unanswered(DeliveryMail mail, String reason) {
            Delivery delivery = mail.delivery();
            int tries = delivery.tries();
            outcomes.add(
                    tries < settings.retryAfter().size()
                            ? new Outcome.Later(
                                    delivery.id(),
                                    clock.instant().plus(settings.unreachableAfter()),
                                    true,
                                    true,
                                    "no answer after the text: " + reason)
                            : new Outcome.InDoubt(delivery.id(), "no answer after the text: " + reason),
                    mail);
        }

        private Outcome later(Delivery delivery, String why) {
            return new Outcome.Later(
                    delivery.id(), clock.instant().plus(settings.unreachableAfter()), false, false, why);
        }
    }

    /// A delivery on its way through the lane.
    final class DeliveryMail implements Mail {

        private final Delivery delivery;
        private final Recipients.Reachable reachable;
        private final MailTemplate template;
        private final long freshUntil;
        private final Outcomes outcomes;
        private boolean permitted;
        private volatile MailOutcome outcome = new MailOutcome.NotSent("not tried");

        private DeliveryMail(
                Delivery delivery,
                Recipients.Reachable reachable,
                MailTemplate template,
                long freshUntil,
                Outcomes outcomes) {
            this.delivery = delivery;
            this.reachable = reachable;
            this.template = template;
            this.freshUntil = freshUntil;
            this.outcomes = outcomes;
        }

        Delivery delivery() {
            return delivery;
        }

        MailOutcome outcome() {
            return outcome;
        }

        @Override
        public String to() {
            return reachable.address();
        }

        @Override
        public MailTemplate template() {
            return template;
        }

        /// Waits while as many mails are sent and unwritten as a kill may repeat.
        @Override
        public void awaitRoom() {
            if (!permitted) {
                unwritten.acquireUninterruptibly();
                permitted = true;
            }
        }

        @Override
        public MailTemplate.Gaps gaps(Instant now) {
            return parts.letterhead()
                    .gaps(
                            delivery.id(),
                            reachable.address(),
                            now,
                            parts.stops().token(delivery.id()),
                            parts.preferences().token(delivery.recipient()));
        }

        @Override
        public boolean stale(long nanoTime) {
            return outcomes.abandoned() || nanoTime - freshUntil > 0;
        }

        @Override
        public void done(MailOutcome what) {
            outcome = what;
            outcomes.arrived(this);
        }

        boolean permitted() {
            return permitted;
        }

        void release(Semaphore permits) {
            if (permitted) {
                permitted = false;
                permits.release();
            }
        }
    }
}
