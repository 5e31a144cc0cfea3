package coop.imece.notification.delivery;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import coop.imece.notification.channel.sms.SmppLane;
import coop.imece.notification.key.KeyedHashes;
import coop.imece.notification.recipient.Recipients;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// Sends the SMS of one chunk.
///
/// Topic `notification.chunk.sms.v1`; outside effect (rule 4), but at most once: an SMS costs money. What a killed
/// worker left on the wire, and what the operator did not answer, becomes IN_DOUBT; its receipt decides, and it is not
/// sent again. What was begun and never came to the wire (its number is not noted) is sent. What the operator refuses
/// is FAILED; what it cannot take now leaves the chunk with a due time. Consent and suppression are read just before
/// the wire.
@Component
class SmsChunkSending {

    private static final Logger log = LoggerFactory.getLogger(SmsChunkSending.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Deliveries deliveries;
    private final Recipients recipients;
    private final Letters letters;
    private final Progress progress;
    private final SmppLane lane;
    private final KeyedHashes hashes;
    private final DeliverySettings settings;
    private final Clock clock;

    SmsChunkSending(
            Deliveries deliveries,
            Recipients recipients,
            Letters letters,
            Progress progress,
            @Qualifier("broadcastSms") SmppLane lane,
            KeyedHashes hashes,
            DeliverySettings settings,
            Clock clock) {
        this.deliveries = deliveries;
        this.recipients = recipients;
        this.letters = letters;
        this.progress = progress;
        this.lane = lane;
        this.hashes = hashes;
        this.settings = settings;
        this.clock = clock;
    }

    void on(ReceivedMessage message) {
        if (message.type().equals(SendChunk.TYPE)) {
            send(message.command(SendChunk.OfSms.class));
        }
    }

    void send(SendChunk chunk) {
        deliveries.doubt(chunk.chunkId());
        if (!bound()) {
            deliveries.postpone(chunk.chunkId(), clock.instant().plus(settings.unreachableAfter()));
        } else {
            List<Delivery> open = deliveries.begin(chunk.chunkId());
            if (!open.isEmpty()) {
                deliveries.write(letters.ended(chunk.broadcastId())
                        .map(why -> suppressed(open, why))
                        .orElseGet(() -> send(open)));
            }
        }
        progress.made(chunk.broadcastId());
    }

    /// A session that broke is usually back within a second.
    private boolean bound() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!lane.bound() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return lane.bound();
    }

    private static List<Outcome> suppressed(List<Delivery> open, String why) {
        return open.stream()
                .map(delivery -> (Outcome) new Outcome.Suppressed(delivery.id(), why))
                .toList();
    }

    /// Side by side, as far as the lane lets them.
    private List<Outcome> send(List<Delivery> open) {
        BlockingQueue<Optional<Outcome>> results = new LinkedBlockingQueue<>();
        open.forEach(delivery -> Thread.ofVirtual().name("sms").start(() -> results.add(sendOne(delivery))));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            try {
                results.take().ifPresent(outcomes::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped in the middle of a chunk", e);
            }
        }
        return outcomes;
    }

    /// Waits for the lane first: the consent is read, and the number noted, when the SMS can leave at once. Empty if
    /// another worker has it.
    private Optional<Outcome> sendOne(Delivery delivery) {
        try (SmppLane.Turn turn = lane.awaitTurn()) {
            OutgoingSms sms;
            try {
                Recipients.Reachable to = recipients
                        .reachable(List.of(delivery.recipient()), Channel.SMS)
                        .get(delivery.recipient());
                if (to == null) {
                    return Optional.of(new Outcome.Suppressed(delivery.id(), "withdrawn"));
                }
                sms = new OutgoingSms(delivery.id(), to.address(), letters.sms(delivery, to.language()), true);
                if (!deliveries.note(delivery.id(), ReceiptBook.hash(hashes, sms.to()))) {
                    return Optional.empty();
                }
            } catch (RuntimeException e) {
                return Optional.of(later(delivery, "not noted: " + e.getClass().getSimpleName()));
            }
            return Optional.of(send(turn, delivery, sms));
        }
    }

    private Outcome send(SmppLane.Turn turn, Delivery delivery, OutgoingSms sms) {
        try {
            return outcome(delivery, turn.send(sms));
        } catch (RuntimeException e) {
            log.error("SMS of delivery {} failed half-way", delivery.id(), e);
            return new Outcome.InDoubt(delivery.id(), e.getClass().getSimpleName());
        }
    }

    private Outcome later(Delivery delivery, String reason) {
        return new Outcome.Later(
                delivery.id(), clock.instant().plus(settings.unreachableAfter()), false, false, reason);
    }

    private Outcome outcome(Delivery delivery, SendResult result) {
        return switch (result) {
            case SendResult.Accepted accepted ->
                new Outcome.Sent(delivery.id(), List.of(accepted.reference().split(",")));
            case SendResult.Refused refused -> new Outcome.Failed(delivery.id(), refused.code() + " " + refused.text());
            case SendResult.Deferred deferred -> deferred(delivery, deferred.reason());
            case SendResult.Unknown unknown -> new Outcome.InDoubt(delivery.id(), unknown.reason());
        };
    }

    private Outcome deferred(Delivery delivery, String reason) {
        if (reason.equals(SmppLane.NOT_BOUND)) {
            return later(delivery, reason);
        }
        Optional<Duration> pause =
                settings.retryAfter().stream().skip(delivery.tries()).findFirst();
        return pause.<Outcome>map(
                        p -> new Outcome.Later(delivery.id(), clock.instant().plus(p), true, false, reason))
                .orElseGet(() -> new Outcome.Failed(delivery.id(), reason));
    }
}
