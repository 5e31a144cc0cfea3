package coop.imece.platform.outbox;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/// Who may do what one instance does at a time, such as relaying a collection: `{_id, owner, run, counter}`, without
/// any wall clock. Used by one thread.
///
/// The holder raises the counter each second. Another takes the lease by compare-and-set after it saw the same counter
/// for five seconds of its own monotonic clock. An instance restarted under the same name takes its lease back at once,
/// but only as the first thing it does: two processes of one name must not take it from each other for ever.
public final class Lease {

    static final String COLLECTION = "outbox_leases";

    static final Duration RENEW = Duration.ofSeconds(1);
    static final Duration LAPSE = Duration.ofSeconds(5);

    private final MongoOperations mongo;
    private final String relayed;
    private final String owner;
    private final String run = UUID.randomUUID().toString();

    private boolean first = true;
    private boolean held;
    private long counter;
    private long renewedAt;
    private @Nullable Document seen;
    private long seenAt;

    /// @param relayed what the lease is for: a collection, or a name of the service's own
    /// @param owner this instance
    public Lease(MongoOperations mongo, String relayed, String owner) {
        this.mongo = mongo;
        this.relayed = relayed;
        this.owner = owner;
    }

    /// Renews or tries to take the lease if it is time to; true while it is held and cannot have lapsed.
    public boolean keep() {
        if (held && System.nanoTime() - renewedAt < RENEW.toNanos()) {
            return true;
        }
        return held ? renew() : take();
    }

    /// Asks the store, whatever the time: whether nobody else took over since.
    boolean renew() {
        long asked = System.nanoTime();
        held = update(Filters.and(Filters.eq("run", run), Filters.eq("counter", counter)));
        if (held) {
            renewedAt = asked;
        } else {
            seen = null;
        }
        return held;
    }

    private boolean take() {
        Document present = mongo.execute(
                COLLECTION, leases -> leases.find(Filters.eq("_id", relayed)).first());
        boolean mineBefore = first && present != null && owner.equals(present.getString("owner"));
        first = false;
        if (present == null) {
            return insert();
        }
        if (!present.equals(seen)) {
            seen = present;
            seenAt = System.nanoTime();
        }
        if (mineBefore || System.nanoTime() - seenAt >= LAPSE.toNanos()) {
            long asked = System.nanoTime();
            counter = present.getLong("counter");
            held = update(Filters.and(
                    Filters.eq("run", present.getString("run")), Filters.eq("counter", present.getLong("counter"))));
            renewedAt = asked;
        }
        return held;
    }

    private boolean insert() {
        try {
            renewedAt = System.nanoTime();
            counter = 1;
            mongo.execute(COLLECTION, leases -> leases.insertOne(document()));
            held = true;
        } catch (DuplicateKeyException e) {
            held = false;
        }
        return held;
    }

    private Document document() {
        return new Document("_id", relayed)
                .append("owner", owner)
                .append("run", run)
                .append("counter", counter);
    }

    private boolean update(org.bson.conversions.Bson expected) {
        long next = counter + 1;
        Long changed = mongo.execute(
                COLLECTION,
                (MongoCollection<Document> leases) -> leases.updateOne(
                                Filters.and(Filters.eq("_id", relayed), expected),
                                Updates.combine(
                                        Updates.set("owner", owner),
                                        Updates.set("run", run),
                                        Updates.set("counter", next)))
                        .getModifiedCount());
        boolean done = changed != null && changed == 1;
        if (done) {
            counter = next;
        }
        return done;
    }
}
