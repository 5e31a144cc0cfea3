package coop.imece.notification.message;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.message.StoredMessage.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// The messages in their collection, which is the queue: who claims one sends it, and a claim nobody keeps or finishes
/// falls due again.
@Component
class StoredMessages {

    static final String COLLECTION = "messages";
    static final Duration CLAIM = Duration.ofSeconds(60);

    private final MongoTemplate mongo;
    private final Clock clock;
    private final String instance;
    private final String process;

    StoredMessages(MongoTemplate mongo, Clock clock, @Value("${imece.instance}") String instance) {
        this.mongo = mongo;
        this.clock = clock;
        this.instance = instance;
        this.process = instance + "/" + UUID.randomUUID();
    }

    /// Keeps a new message, due at once; empty if it was there before.
    Optional<StoredMessage> keep(UUID id, SendMessage command, Channel channel, StoredMessage.Lane lane) {
        Instant now = clock.instant();
        boolean expired = !now.isBefore(command.expiresAt());
        var message = new StoredMessage(
                id,
                command.template(),
                channel,
                command.language(),
                lane,
                expired ? State.EXPIRED : State.WAITING,
                now,
                command.expiresAt(),
                expired ? null : now,
                0,
                null,
                expired ? null : command.sealed(),
                null,
                null);
        try {
            return Optional.of(mongo.insert(message));
        } catch (DuplicateKeyException before) {
            return Optional.empty();
        }
    }

    /// Claims the message that is due longest; as it was before, so that one can see whether somebody else began it.
    Optional<StoredMessage> claimDue(Channel channel, StoredMessage.Lane lane) {
        Instant now = clock.instant();
        var claim = new Update()
                .set("state", State.SENDING)
                .set("dueAt", now.plus(CLAIM))
                .set("claimedBy", process)
                .inc("attempts", 1);
        return Optional.ofNullable(
                mongo.findAndModify(due(channel, lane, now), claim, StoredMessage.class, COLLECTION));
    }

    /// What [#claimDue] asks; uses the index `waiting`.
    static Query due(Channel channel, StoredMessage.Lane lane, Instant now) {
        var due = where("channel").is(channel).and("dueAt").lte(now).and("lane");
        return new Query(lane == StoredMessage.Lane.ORDINARY ? due.is(lane) : due.ne(StoredMessage.Lane.ORDINARY))
                .with(Sort.by("dueAt"));
    }

    /// Prolongs claims of this process whose tries are not over.
    void keepClaims(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            mongo.updateMulti(
                    new Query(where("_id")
                            .in(ids)
                            .and("claimedBy")
                            .is(process)
                            .and("state")
                            .is(State.SENDING)),
                    Update.update("dueAt", clock.instant().plus(CLAIM)),
                    COLLECTION);
        }
    }

    /// Lets what an earlier process of this instance had claimed fall due at once.
    void releaseClaimsOfEarlierProcesses() {
        mongo.updateMulti(
                new Query(where("claimedBy")
                        .regex("^" + Pattern.quote(instance + "/"))
                        .ne(process)
                        .and("dueAt")
                        .exists(true)),
                Update.update("dueAt", clock.instant()),
                COLLECTION);
    }

    /// Writes the outcome of a try, unless the message was claimed anew meanwhile.
    void finish(UUID id, int attempt, State state, @Nullable String reference, @Nullable String detail) {
        var outcome = new Update()
                .set("state", state)
                .set("reference", reference)
                .set("detail", detail)
                .unset("dueAt")
                .unset("claimedBy")
                .unset("sealed");
        mongo.updateFirst(attempt(id, attempt), outcome, COLLECTION);
    }

    /// Puts the message back until it is due.
    void postpone(UUID id, int attempt, Instant dueAt, String reason) {
        var waiting = new Update()
                .set("state", State.WAITING)
                .set("dueAt", dueAt)
                .set("detail", reason)
                .unset("claimedBy");
        mongo.updateFirst(attempt(id, attempt), waiting, COLLECTION);
    }

    private static Query attempt(UUID id, int attempt) {
        return new Query(
                where("_id").is(id).and("attempts").is(attempt).and("state").is(State.SENDING));
    }
}
