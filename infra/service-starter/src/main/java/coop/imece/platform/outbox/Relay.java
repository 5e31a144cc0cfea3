package coop.imece.platform.outbox;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.store.StoreFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/// Brings the waiting messages of one collection to the broker.
///
/// A round takes the first waiting entry of up to 1,000 documents, sends all, awaits every acknowledgement, then
/// pulls the acknowledged ones in one bulk write. So two messages of one aggregate are never under way together, a
/// message is removed only after the broker has it (repeats happen, losses do not), and a document that cannot be
/// sent holds up only itself. The raw driver is used because an update through the entity class would raise
/// `@Version` and fail the next command.
///
/// A holder that was frozen may send what another has sent since; when it finds its lease gone after a send, it
/// restates the aggregates of that round, because a compacted topic keeps the last record, not the highest sequence.
final class Relay implements Runnable {

    static final int ROUND = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final int MANY = 50;
    /// Not a range: only the whole of a multikey index can give the order, and the sparse one is the pending ones.
    private static final Bson WAITING = Filters.exists("outbox.occurredAt");

    private final MongoOperations mongo;
    private final String collection;
    private final Class<? extends AggregateRoot> type;
    private final MessageSender sender;
    private final Restatements restatements;
    private final Lease lease;
    private final Semaphore wake = new Semaphore(0);
    private final Map<Object, Long> failing = new LinkedHashMap<>();
    /// What was sent since the lease was last seen to be ours.
    private final Set<UUID> unsettled = new LinkedHashSet<>();
    /// What was sent while the lease was not ours, until it is restated.
    private final Set<UUID> owed = new LinkedHashSet<>();
    private volatile boolean running = true;
    private Duration pause = POLL;

    Relay(
            MongoOperations mongo,
            String collection,
            Class<? extends AggregateRoot> type,
            MessageSender sender,
            Restatements restatements,
            String instance) {
        this.mongo = mongo;
        this.collection = collection;
        this.type = type;
        this.sender = sender;
        this.restatements = restatements;
        this.lease = new Lease(mongo, collection, instance);
    }

    /// Looks at once instead of at the next poll.
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    void stop() {
        running = false;
        wake();
    }

    @Override
    public void run() {
        while (running) {
            int sent = 0;
            try {
                settle();
                sent = lease.keep() ? round() : 0;
                pause = POLL;
            } catch (RuntimeException e) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                LOG.warn(
                        "Relay of {} waits {}: {}",
                        collection,
                        pause,
                        e.getClass().getName());
                LOG.debug("Relay of {} failed", collection, e);
            }
            rest(sent);
        }
        sayGoodbye();
    }

    /// What was saved on the way down still leaves, if the broker takes it at once.
    private void sayGoodbye() {
        try {
            while (lease.keep() && round() > 0) {
                LOG.debug("Relay of {} sends what is left", collection);
            }
        } catch (RuntimeException e) {
            LOG.info(
                    "Relay of {} leaves the rest to its next start: {}",
                    collection,
                    e.getClass().getName());
        }
    }

    /// Under load a short gathering makes rounds larger; otherwise the next save wakes, and polling is the safety net.
    private void rest(int sent) {
        try {
            if (sent >= MANY) {
                TimeUnit.MILLISECONDS.sleep(GATHER.toMillis());
            } else if (sent == 0) {
                wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /// One round; the number of entries that left.
    int round() {
        List<Document> documents = waiting();
        if (documents.isEmpty()) {
            return 0;
        }
        Map<Document, CompletableFuture<?>> underWay = new LinkedHashMap<>();
        Set<String> silent = new HashSet<>();
        for (Document document : documents) {
            OutboxEntry entry = first(document);
            if (!silent.contains(entry.topic())) {
                CompletableFuture<?> acknowledgement = sender.send(entry);
                // A topic without metadata costs the full waiting time: once a round is enough.
                if (acknowledgement.isCompletedExceptionally() && unknownTopic(acknowledgement)) {
                    silent.add(entry.topic());
                }
                underWay.put(document, acknowledgement);
                // Whatever comes of it: after a thaw the client may still send what it has given up.
                unsettled.add(document.get("_id", UUID.class));
            }
        }
        List<Document> acknowledged = acknowledged(underWay);
        pull(acknowledged);
        settle();
        return acknowledged.size();
    }

    /// Asks whether the lease was ours while we sent; if not, restates what we sent, however often it takes and
    /// whoever holds the lease by then.
    private void settle() {
        if (!unsettled.isEmpty()) {
            if (!lease.renew()) {
                LOG.warn("Relay of {} lost its lease during a round; {} are restated", collection, unsettled.size());
                owed.addAll(unsettled);
            }
            unsettled.clear();
        }
        owed.removeIf(this::restated);
    }

    /// Whether there is nothing more to try: what cannot be restated for a reason of its own is left to the night.
    private boolean restated(UUID id) {
        try {
            restatements.restate(type, id);
            return true;
        } catch (RuntimeException e) {
            boolean later = StoreFailures.unavailable(e) || StoreFailures.transientFault(e);
            LOG.warn(
                    "{} {} was not restated{}: {}",
                    collection,
                    id,
                    later ? " and will be" : "",
                    e.getClass().getName());
            return !later;
        }
    }

    private List<Document> waiting() {
        long now = System.nanoTime();
        failing.values().removeIf(until -> until - now < 0);
        Bson filter = failing.isEmpty() ? WAITING : Filters.and(WAITING, Filters.nin("_id", failing.keySet()));
        return Objects.requireNonNull(mongo.execute(
                collection,
                documents -> documents
                        .find(filter)
                        .sort(Sorts.ascending("outbox.occurredAt"))
                        .limit(ROUND)
                        .batchSize(ROUND)
                        .projection(Projections.fields(Projections.include("_id"), Projections.slice("outbox", 1)))
                        .into(new ArrayList<>())));
    }

    private OutboxEntry first(Document document) {
        return mongo.getConverter()
                .read(
                        OutboxEntry.class,
                        document.getList("outbox", Document.class).getFirst());
    }

    private List<Document> acknowledged(Map<Document, CompletableFuture<?>> underWay) {
        List<Document> acknowledged = new ArrayList<>();
        int failed = 0;
        for (Map.Entry<Document, CompletableFuture<?>> sent : underWay.entrySet()) {
            try {
                sent.getValue().join();
                acknowledged.add(sent.getKey());
            } catch (CompletionException | java.util.concurrent.CancellationException e) {
                failed++;
                if (failing.size() < ROUND) {
                    failing.put(
                            sent.getKey().get("_id"),
                            System.nanoTime() + POLL.multipliedBy(8).toNanos());
                }
                LOG.debug("Relay of {} could not send", collection, e);
            }
        }
        if (failed > 0) {
            LOG.warn("Relay of {}: {} messages were not acknowledged and stay", collection, failed);
        }
        return acknowledged;
    }

    private static boolean unknownTopic(CompletableFuture<?> failed) {
        for (Throwable cause = failed.exceptionNow(); cause != null; cause = cause.getCause()) {
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private void pull(List<Document> acknowledged) {
        if (acknowledged.isEmpty()) {
            return;
        }
        List<UpdateOneModel<Document>> pulls = acknowledged.stream()
                .map(document -> {
                    Object entry = document.getList("outbox", Document.class)
                            .getFirst()
                            .get("_id");
                    return new UpdateOneModel<Document>(
                            Filters.eq("_id", document.get("_id")), Updates.pull("outbox", new Document("_id", entry)));
                })
                .toList();
        mongo.execute(collection, documents -> documents.bulkWrite(pulls, new BulkWriteOptions().ordered(false)));
    }
}
