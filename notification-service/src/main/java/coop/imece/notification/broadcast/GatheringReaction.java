package coop.imece.notification.broadcast;

import com.fasterxml.jackson.annotation.JsonProperty;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.text.LocalisedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// Makes a broadcast of each announcement, change and cancellation that people are to hear of.
///
/// Topic `events.gathering.v1`; reaction (rule 2): inserted under the publication, change or cancellation id, so a
/// message heard twice, a restatement and a replay change nothing. Facts older than 48 h, of gatherings that are
/// over, or overtaken by a later one are kept as EXPIRED and mail nobody. A cancellation nobody is to be told of
/// still stops what was not sent. Unknown types are ignored; an unreadable message goes to the dead letters.
@Component
class GatheringReaction {

    private static final Logger log = LoggerFactory.getLogger(GatheringReaction.class);
    private static final Duration TOO_OLD = Duration.ofDays(2);

    private final Broadcasts broadcasts;
    private final BroadcastWorker worker;
    private final Clock clock;

    /// What the types add.
    record Fact(
            @Nullable UUID publicationId,
            @Nullable UUID changeId,
            @Nullable UUID cancellationId,
            @JsonProperty("notify") boolean telling,
            @Nullable LocalisedText reason) {}

    GatheringReaction(Broadcasts broadcasts, BroadcastWorker worker, Clock clock) {
        this.broadcasts = broadcasts;
        this.worker = worker;
        this.clock = clock;
    }

    void on(ReceivedMessage message) {
        switch (message.type()) {
            case "events.gathering.announced.v1" -> {
                Fact fact = message.fact(Fact.class);
                if (fact.telling()) {
                    make(message, fact.publicationId(), Wording.ANNOUNCEMENT, fact);
                }
            }
            case "events.gathering.changed.v1" -> {
                Fact fact = message.fact(Fact.class);
                if (fact.telling()) {
                    make(message, fact.changeId(), Wording.CHANGE, fact);
                }
            }
            case "events.gathering.cancelled.v1" -> {
                Fact fact = message.fact(Fact.class);
                make(message, fact.cancellationId(), Wording.CANCELLATION, fact);
            }
            default -> {
                // Restatements and types of later versions: nobody is told anything.
            }
        }
    }

    private void make(ReceivedMessage message, @Nullable UUID id, Wording kind, Fact fact) {
        if (id == null) {
            throw new InvalidMessage("the fact names no id for a broadcast");
        }
        Notice notice = message.state(Notice.class);
        Instant now = clock.instant();
        boolean late = message.olderThan(TOO_OLD, now)
                || notice.over(now)
                || broadcasts.existsByGatheringAndPlaceGreaterThan(notice.id(), message.sequence());
        Broadcast broadcast = late
                ? Broadcast.expired(id, kind, message.sequence(), notice, now)
                : Broadcast.waiting(id, kind, message.sequence(), !fact.telling(), notice, fact.reason());
        try {
            broadcasts.save(broadcast);
            log.info("broadcast {} of gathering {} is {}", id, notice.id(), broadcast.state());
        } catch (DuplicateKeyException alreadyMade) {
            log.debug("broadcast {} is there already", id);
        }
        worker.wake();
    }
}
