package coop.imece.platform.outbox;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.OutboxFull;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/// Knows how long messages have waited, tells it as metrics, and refuses saves that would pile up more: a collection
/// whose oldest message has waited ten minutes, or an aggregate with a hundred waiting ones.
public final class OutboxWatch {

    static final Duration TOO_OLD = Duration.ofMinutes(10);
    static final int TOO_MANY = 100;

    private static final int COUNTED = 100_000;
    private static final Bson WAITING = Filters.exists("outbox.occurredAt");

    private final MongoOperations mongo;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /// @param aggregates how many have messages waiting
    /// @param oldest since when the oldest message waits
    public record Waiting(long aggregates, @Nullable Instant oldest) {}

    OutboxWatch(MongoOperations mongo, Clock clock, MeterRegistry meters) {
        this.mongo = mongo;
        this.clock = clock;
        this.meters = meters;
    }

    /// Shows the collection's figures from now on.
    void register(String collection) {
        Gauge.builder("imece.outbox.pending", () -> waiting(collection).aggregates())
                .description("Aggregates with messages waiting for the broker")
                .tag("collection", collection)
                .register(meters);
        Gauge.builder("imece.outbox.oldest", () -> age(collection).toMillis() / 1000.0)
                .description("Age of the oldest waiting message")
                .baseUnit("seconds")
                .tag("collection", collection)
                .register(meters);
    }

    /// Looks at the store.
    void look(String collection) {
        Document oldest = mongo.execute(
                collection,
                documents -> documents
                        .find(WAITING)
                        .sort(Sorts.ascending("outbox.occurredAt"))
                        .limit(1)
                        .projection(Projections.slice("outbox", 1))
                        .first());
        if (oldest == null) {
            waiting.remove(collection);
            return;
        }
        Long count = mongo.execute(
                collection, documents -> documents.countDocuments(WAITING, new CountOptions().limit(COUNTED)));
        Date since = oldest.getList("outbox", Document.class).getFirst().getDate("occurredAt");
        waiting.put(collection, new Waiting(count == null ? 0 : count, since.toInstant()));
    }

    /// What waits in all collections together, as last seen.
    public Waiting all() {
        long aggregates = 0;
        Instant oldest = null;
        for (Waiting one : waiting.values()) {
            aggregates += one.aggregates();
            Instant since = one.oldest();
            if (since != null && (oldest == null || since.isBefore(oldest))) {
                oldest = since;
            }
        }
        return new Waiting(aggregates, oldest);
    }

    private Waiting waiting(String collection) {
        return waiting.getOrDefault(collection, new Waiting(0, null));
    }

    /// How long the oldest message of the collection has waited.
    Duration age(String collection) {
        Instant oldest = waiting(collection).oldest();
        return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    }

    /// Refuses a save whose messages would wait too long.
    void check(AggregateRoot aggregate, String collection) {
        if (aggregate.pendingMessages().size() >= TOO_MANY || age(collection).compareTo(TOO_OLD) >= 0) {
            throw new OutboxFull(collection);
        }
    }
}
