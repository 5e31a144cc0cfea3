package coop.imece.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import coop.imece.notification.channel.Channel;
import coop.imece.notification.delivery.Delivery.State;
import coop.imece.notification.recipient.Recipients.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/// All deliveries, on the raw driver: this is the hot path, and there is no aggregate to load.
///
/// Every change of state is guarded by the state before it, so that what comes late or twice changes nothing, and no
/// outcome but a receipt's is ever replaced. `maybeSent` marks a mail that may have left although it is open again: it
/// can no longer become FAILED or SUPPRESSED, only SENT or IN_DOUBT.
@Component
public class Deliveries {

    /// The collection.
    public static final String COLLECTION = "deliveries";

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// How long after it was sent an SMS may get a receipt by its number alone: operators give up after two days.
    private static final Duration RECEIPT_WITHIN = Duration.ofDays(3);

    private static final String BROADCAST = "broadcast";
    private static final String GATHERING = "gathering";
    private static final String RECIPIENT = "recipient";
    private static final String CHANNEL = "channel";
    private static final String STATE = "state";
    private static final String CHUNK = "chunk";
    private static final String DUE_AT = "dueAt";
    private static final String REFERENCES = "references";
    private static final String NUMBER = "number";
    private static final String MAYBE_SENT = "maybeSent";
    private static final String BY_NUMBER = "byNumber";

    private final MongoOperations mongo;
    private final Clock clock;

    Deliveries(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
        collection()
                .createIndexes(List.of(
                        index("books", Indexes.ascending(BROADCAST, STATE, CHANNEL), false),
                        index("heard", Indexes.ascending(GATHERING, RECIPIENT), false),
                        index("chunk", Indexes.ascending(CHUNK), true),
                        index("due", Indexes.ascending(DUE_AT), true),
                        index("receipt", Indexes.ascending(REFERENCES), true),
                        index("number", Indexes.ascending(NUMBER), true)));
    }

    private static IndexModel index(String name, Bson keys, boolean sparse) {
        return new IndexModel(keys, new IndexOptions().name(name).sparse(sparse));
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }

    /// Inserts what is not there yet; what is there stays as it is. Returns how many were new.
    public int insert(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return 0;
        }
        List<Document> documents =
                deliveries.stream().map(delivery -> document(delivery)).toList();
        try {
            collection().insertMany(documents, new InsertManyOptions().ordered(false));
            return documents.size();
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return e.getWriteResult().getInsertedCount();
        }
    }

    private Document document(Delivery delivery) {
        var reason = new Document();
        if (delivery.reason().kind() != null) {
            reason.append("kind", delivery.reason().kind());
        }
        if (delivery.reason().region() != null) {
            reason.append("region", delivery.reason().region());
        }
        if (delivery.reason().topic() != null) {
            reason.append("topic", delivery.reason().topic());
        }
        return new Document("_id", delivery.id())
                .append(BROADCAST, delivery.broadcast())
                .append(GATHERING, delivery.gathering())
                .append(RECIPIENT, delivery.recipient())
                .append(CHANNEL, delivery.channel().name())
                .append("wording", delivery.wording().name())
                .append("reason", reason)
                .append(CHUNK, delivery.chunk())
                .append(STATE, State.PENDING.name())
                .append("tries", 0)
                .append("at", now());
    }

    private static Delivery delivery(Document document) {
        Document reason = document.get("reason", Document.class);
        return new Delivery(
                document.get("_id", UUID.class),
                document.get(BROADCAST, UUID.class),
                document.get(GATHERING, UUID.class),
                document.get(RECIPIENT, UUID.class),
                Channel.valueOf(document.getString(CHANNEL)),
                Delivery.Wording.valueOf(document.getString("wording")),
                new Reason(reason.getString("kind"), reason.getString("region"), reason.getString("topic")),
                document.get(CHUNK, UUID.class),
                document.getInteger("tries"));
    }

    /// Marks what waits in the chunk as SENDING, in one update, and returns all that is now SENDING in it: also what a
    /// killed worker left. That may have left if it is a mail; of SMS see [#doubt].
    List<Delivery> begin(UUID chunk) {
        collection()
                .updateMany(
                        and(
                                eq(CHUNK, chunk),
                                eq(STATE, State.SENDING.name()),
                                eq(CHANNEL, Channel.EMAIL.name()),
                                ne(MAYBE_SENT, true)),
                        set(MAYBE_SENT, true));
        collection()
                .updateMany(
                        and(eq(CHUNK, chunk), eq(STATE, State.PENDING.name())),
                        combine(set(STATE, State.SENDING.name()), set("at", now())));
        return collection()
                .find(and(eq(CHUNK, chunk), eq(STATE, State.SENDING.name())))
                .batchSize(1_000)
                .map(Deliveries::delivery)
                .into(new ArrayList<>());
    }

    /// What a killed worker left SENDING after its number was noted may have been sent: such SMS are not repeated.
    void doubt(UUID chunk) {
        collection()
                .updateMany(
                        and(eq(CHUNK, chunk), eq(STATE, State.SENDING.name()), exists(NUMBER)),
                        combine(
                                set(STATE, State.IN_DOUBT.name()),
                                set("at", now()),
                                set("detail", "sender died before the answer")));
    }

    /// Takes what waits in the chunk out of it, untried; also SMS that a killed worker began and did not send.
    void postpone(UUID chunk, Instant dueAt) {
        collection()
                .updateMany(
                        and(
                                eq(CHUNK, chunk),
                                or(
                                        eq(STATE, State.PENDING.name()),
                                        and(eq(STATE, State.SENDING.name()), exists(NUMBER, false)))),
                        combine(set(STATE, State.PENDING.name()), unset(CHUNK), set(DUE_AT, Date.from(dueAt))));
    }

    /// Notes to which number (as a keyed hash) an SMS is about to go: the last thing before the wire, so that one
    /// without a number has certainly not left, and a receipt finds it even if the answer with the operator's id is
    /// lost. False if it is no longer this worker's to send.
    boolean note(UUID delivery, String number) {
        return collection()
                        .updateOne(
                                and(eq("_id", delivery), eq(STATE, State.SENDING.name()), exists(NUMBER, false)),
                                set(NUMBER, number))
                        .getModifiedCount()
                == 1;
    }

    /// Writes outcomes in one call; those already decided elsewhere stay.
    void write(List<Outcome> outcomes) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        List<UUID> sent = new ArrayList<>();
        Date now = now();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Sent(var id, var references) when references.isEmpty() -> sent.add(id);
                case Outcome.Sent(var id, var references) -> {
                    writes.add(one(id, State.SENT, now, unset("detail")));
                    // A receipt may have been faster than this answer; those of the other parts are still to come.
                    writes.add(new UpdateOneModel<>(
                            eq("_id", id), combine(addEachToSet(REFERENCES, references), unset(BY_NUMBER))));
                }
                case Outcome.Failed(var id, var detail) -> writes.addAll(unsent(id, State.FAILED, now, detail));
                case Outcome.Suppressed(var id, var detail) -> writes.addAll(unsent(id, State.SUPPRESSED, now, detail));
                case Outcome.InDoubt(var id, var detail) ->
                    writes.add(one(id, State.IN_DOUBT, now, set("detail", detail)));
                case Outcome.Later later -> writes.add(putBack(later, now));
            }
        }
        if (!sent.isEmpty()) {
            writes.add(new UpdateManyModel<>(
                    and(in("_id", sent), eq(STATE, State.SENDING.name())),
                    combine(set(STATE, State.SENT.name()), set("at", now))));
        }
        if (!writes.isEmpty()) {
            writeInTheEnd(writes);
        }
    }

    /// What was sent must be written down, however long the store is away: meanwhile its worker stands still, and
    /// with it, by the permits, all connections.
    private void writeInTheEnd(List<WriteModel<Document>> writes) {
        while (true) {
            try {
                collection().bulkWrite(writes, new BulkWriteOptions().ordered(false));
                return;
            } catch (MongoInterruptedException e) {
                throw e;
            } catch (MongoException e) {
                log.warn(
                        "{} outcomes wait for the store: {}",
                        writes.size(),
                        e.getClass().getSimpleName());
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private static WriteModel<Document> one(UUID id, State state, Date now, Bson... more) {
        return one(eq("_id", id), state, now, more);
    }

    private static WriteModel<Document> one(Bson which, State state, Date now, Bson... more) {
        List<Bson> updates = new ArrayList<>(List.of(more));
        updates.add(set(STATE, state.name()));
        updates.add(set("at", now));
        return new UpdateOneModel<>(and(which, eq(STATE, State.SENDING.name())), combine(updates));
    }

    /// Two writes of which one finds its delivery: what may have left before is not simply unsent.
    private static List<WriteModel<Document>> unsent(UUID id, State state, Date now, String detail) {
        return List.of(
                one(and(eq("_id", id), ne(MAYBE_SENT, true)), state, now, set("detail", detail)),
                one(and(eq("_id", id), eq(MAYBE_SENT, true)), State.IN_DOUBT, now, set("detail", detail)));
    }

    private static WriteModel<Document> putBack(Outcome.Later later, Date now) {
        List<Bson> changes = new ArrayList<>(List.of(
                unset(CHUNK),
                unset(NUMBER),
                set(DUE_AT, Date.from(later.dueAt())),
                inc("tries", later.counted() ? 1 : 0),
                set("detail", later.detail())));
        if (later.maybeSent()) {
            changes.add(set(MAYBE_SENT, true));
        }
        return one(later.delivery(), State.PENDING, now, changes.toArray(Bson[]::new));
    }

    /// The books of a broadcast, covered by one index.
    public Books books(UUID broadcast) {
        Map<Channel, Books.Line> lines = new EnumMap<>(Channel.class);
        collection()
                .aggregate(List.of(
                        Aggregates.match(eq(BROADCAST, broadcast)),
                        Aggregates.group(
                                new Document(STATE, "$" + STATE).append(CHANNEL, "$" + CHANNEL),
                                Accumulators.sum("count", 1L))))
                .forEach(group -> {
                    Document key = group.get("_id", Document.class);
                    lines.merge(
                            Channel.valueOf(key.getString(CHANNEL)),
                            Books.Line.EMPTY.plus(State.valueOf(key.getString(STATE)), group.getLong("count")),
                            Books.Line::plus);
                });
        return new Books(lines);
    }

    /// Whether any delivery of the broadcast is open. PENDING is asked again after SENDING, for what a worker put back
    /// in between; nobody but the broadcast worker, who asks, hands that out again.
    public boolean anyOpen(UUID broadcast) {
        return any(broadcast, State.PENDING) || any(broadcast, State.SENDING) || any(broadcast, State.PENDING);
    }

    private boolean any(UUID broadcast, State state) {
        return collection()
                        .find(and(eq(BROADCAST, broadcast), eq(STATE, state.name())))
                        .projection(Projections.fields(Projections.include(STATE), Projections.excludeId()))
                        .first()
                != null;
    }

    /// Nothing of it that waits will be sent; what may have been already is left in doubt.
    public void suppressPending(UUID broadcast, String why) {
        end(and(eq(BROADCAST, broadcast), ne(MAYBE_SENT, true)), State.SUPPRESSED, why);
        end(and(eq(BROADCAST, broadcast), eq(MAYBE_SENT, true)), State.IN_DOUBT, why);
    }

    private void end(Bson which, State state, String why) {
        collection()
                .updateMany(
                        and(which, eq(STATE, State.PENDING.name())),
                        combine(set(STATE, state.name()), set("detail", why), set("at", now()), unset(DUE_AT)));
    }

    /// The chunks with open deliveries, for a broadcast that has come to a standstill.
    public Map<UUID, Channel> openChunks(UUID broadcast, int limit) {
        Map<UUID, Channel> chunks = new java.util.LinkedHashMap<>();
        collection()
                .aggregate(List.of(
                        Aggregates.match(and(
                                eq(BROADCAST, broadcast),
                                in(STATE, State.PENDING.name(), State.SENDING.name()),
                                new Document(CHUNK, new Document("$exists", true)))),
                        Aggregates.group("$" + CHUNK, Accumulators.first(CHANNEL, "$" + CHANNEL)),
                        Aggregates.limit(limit)))
                .forEach(group -> chunks.put(group.get("_id", UUID.class), Channel.valueOf(group.getString(CHANNEL))));
        return chunks;
    }

    /// Deliveries whose time has come, oldest first.
    public List<Due> due(Instant now, int limit) {
        return collection()
                .find(lte(DUE_AT, Date.from(now)))
                .sort(Sorts.ascending(DUE_AT))
                .limit(limit)
                .projection(Projections.include(BROADCAST, CHANNEL))
                .map(document -> new Due(
                        document.get("_id", UUID.class),
                        document.get(BROADCAST, UUID.class),
                        Channel.valueOf(document.getString(CHANNEL))))
                .into(new ArrayList<>());
    }

    /// A delivery that waited and may go.
    public record Due(UUID delivery, UUID broadcast, Channel channel) {}

    /// Puts waiting deliveries into a new chunk.
    public void hand(Collection<UUID> deliveries, UUID chunk) {
        collection()
                .updateMany(
                        and(in("_id", deliveries), eq(STATE, State.PENDING.name())),
                        combine(set(CHUNK, chunk), unset(DUE_AT)));
    }

    /// Those who heard of the gathering by any other broadcast, or may have: by recipient, a recipient never cut in
    /// two.
    public Heard heard(UUID gathering, UUID except, @Nullable UUID after, int limit) {
        Bson from = after == null ? new Document() : gt(RECIPIENT, after);
        List<Delivery> found = collection()
                .find(and(
                        eq(GATHERING, gathering),
                        from,
                        in(STATE, State.SENT.name(), State.IN_DOUBT.name()),
                        ne(BROADCAST, except)))
                .sort(Sorts.ascending(GATHERING, RECIPIENT))
                .limit(limit)
                .batchSize(limit)
                .map(document -> delivery(document.append(CHUNK, except)))
                .into(new ArrayList<>());
        if (found.size() < limit) {
            return new Heard(found, null);
        }
        UUID cut = found.getLast().recipient();
        found.removeIf(delivery -> delivery.recipient().equals(cut));
        if (found.isEmpty()) {
            throw new IllegalStateException("more deliveries for one recipient than a page holds");
        }
        return new Heard(found, found.getLast().recipient());
    }

    /// One page of those who heard.
    ///
    /// @param last the recipient to go on after; null at the end
    public record Heard(List<Delivery> deliveries, @Nullable UUID last) {}

    /// Which of the recipients have heard of the gathering, and by which channel.
    public Set<Told> told(UUID gathering, Collection<UUID> recipients) {
        Set<Told> told = new HashSet<>();
        collection()
                .find(and(
                        eq(GATHERING, gathering),
                        in(RECIPIENT, recipients),
                        in(STATE, State.SENT.name(), State.IN_DOUBT.name())))
                .projection(Projections.include(RECIPIENT, CHANNEL))
                .forEach(document -> told.add(
                        new Told(document.get(RECIPIENT, UUID.class), Channel.valueOf(document.getString(CHANNEL)))));
        return told;
    }

    /// Somebody who heard.
    public record Told(UUID recipient, Channel channel) {}

    /// To whom a delivery goes or went.
    Optional<Told> addressee(UUID delivery) {
        return Optional.ofNullable(collection()
                        .find(eq("_id", delivery))
                        .projection(Projections.include(RECIPIENT, CHANNEL))
                        .first())
                .map(document ->
                        new Told(document.get(RECIPIENT, UUID.class), Channel.valueOf(document.getString(CHANNEL))));
    }

    /// Writes down a receipt: by the operator's id, else to the newest SMS to that number whose answer is missing, if
    /// it is not too old. Returns the broadcast concerned.
    Optional<UUID> receive(String reference, String number, boolean delivered) {
        // Looked for first: if its answer is written meanwhile, the reference finds it.
        Document unanswered = newestUnanswered(number);
        Document answered = collection().find(eq(REFERENCES, reference)).first();
        Document of = answered != null ? answered : unanswered;
        if (of == null) {
            return Optional.empty();
        }
        List<String> before = delivered
                ? List.of(State.SENDING.name(), State.IN_DOUBT.name())
                : List.of(State.SENDING.name(), State.IN_DOUBT.name(), State.SENT.name());
        Bson change = combine(
                set(STATE, (delivered ? State.SENT : State.FAILED).name()),
                set("detail", delivered ? "receipt" : "receipt: not delivered"),
                set("at", now()));
        Document changed = collection()
                .findOneAndUpdate(
                        and(eq("_id", of.get("_id")), in(STATE, before)),
                        answered != null
                                ? change
                                : combine(change, addToSet(REFERENCES, reference), set(BY_NUMBER, true)));
        return Optional.ofNullable(changed).map(document -> document.get(BROADCAST, UUID.class));
    }

    /// One whose answer is missing stays one when the receipt of its first part has decided it: the other parts have
    /// receipts too.
    private @Nullable Document newestUnanswered(String number) {
        return collection()
                .find(and(
                        eq(NUMBER, number),
                        gt("at", Date.from(clock.instant().minus(RECEIPT_WITHIN))),
                        or(
                                and(in(STATE, State.SENDING.name(), State.IN_DOUBT.name()), exists(REFERENCES, false)),
                                eq(BY_NUMBER, true))))
                .sort(Sorts.descending("at"))
                .projection(Projections.include("_id"))
                .first();
    }

    private Date now() {
        return Date.from(clock.instant());
    }
}
