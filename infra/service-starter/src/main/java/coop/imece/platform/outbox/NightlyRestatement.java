package coop.imece.platform.outbox;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/// Restates once a night what changed since the night before: the net under everything that could have gone wrong
/// between an outbox and a view. One instance of the service does it, whoever records the night first.
final class NightlyRestatement {

    static final String COLLECTION = "restatement_nights";

    private static final Logger LOG = LoggerFactory.getLogger(NightlyRestatement.class);
    private static final int FROM_HOUR = 1;
    private static final int UNTIL_HOUR = 5;
    private static final Duration OVERLAP = Duration.ofDays(2);

    private final MongoOperations mongo;
    private final Restatements restatements;
    private final Clock clock;

    NightlyRestatement(MongoOperations mongo, Restatements restatements, Clock clock) {
        this.mongo = mongo;
        this.restatements = restatements;
        this.clock = clock;
    }

    /// Called every few minutes; works if it is night and nobody did yet.
    void run() {
        Instant now = clock.instant();
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        if (hour >= FROM_HOUR && hour < UNTIL_HOUR && claimed(now)) {
            try {
                LOG.info("Restated {} aggregates", restatements.restateChanged(since(now)));
                record(now);
            } catch (RuntimeException e) {
                release(now);
                throw e;
            }
        }
    }

    private static String night(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /// The night is not over: the next look tries again.
    private void release(Instant now) {
        mongo.execute(COLLECTION, nights -> nights.deleteOne(Filters.eq("_id", night(now))));
    }

    private boolean claimed(Instant now) {
        try {
            mongo.execute(
                    COLLECTION,
                    nights -> nights.insertOne(new Document("_id", night(now)).append("at", Date.from(now))));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private Instant since(Instant now) {
        Document last = mongo.execute(
                COLLECTION, nights -> nights.find(Filters.eq("_id", "last")).first());
        return Optional.ofNullable(last)
                .map(run -> run.getDate("at").toInstant())
                .orElse(now)
                .minus(OVERLAP);
    }

    private void record(Instant now) {
        mongo.execute(
                COLLECTION,
                nights -> nights.updateOne(
                        Filters.eq("_id", "last"),
                        Updates.set("at", Date.from(now)),
                        new com.mongodb.client.model.UpdateOptions().upsert(true)));
    }
}
