package coop.imece.platform.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/// How many of something may still be had on a day (UTC). Each is taken by one atomic write, so that no number of
/// requests at once, to however many instances, gets past the limit.
public final class DayQuota {

    private static final Duration KEPT = Duration.ofDays(2);
    private static final int ATTEMPTS = 3;

    private final MongoOperations mongo;
    private final Clock clock;

    public DayQuota(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /// @param id what is limited, and the day
    @Document("day_quotas")
    record Day(
            @Id String id,
            int taken,

            @Indexed(name = "forgetting", expireAfter = "0s")
            Instant forgetAt) {}

    /// Takes one of today's; false if there is none left.
    ///
    /// @param what is limited; no personal data
    /// @param most how many there are on a day
    public boolean take(String what, int most) {
        Instant now = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS && most > 0; attempt++) {
            try {
                mongo.upsert(
                        new Query(where("_id").is(id(what, now)).and("taken").lt(most)),
                        new Update().inc("taken", 1).setOnInsert("forgetAt", now.plus(KEPT)),
                        Day.class);
                return true;
            } catch (DuplicateKeyException _) {
                // Either none is left, or somebody wrote the first one at the same moment.
            }
        }
        return false;
    }

    /// Whether any is left today; takes none.
    public boolean anyLeft(String what, int most) {
        Query usedUp = new Query(
                where("_id").is(id(what, clock.instant())).and("taken").gte(most));
        return most > 0 && !mongo.exists(usedUp, Day.class);
    }

    private static String id(String what, Instant now) {
        return what + "/" + LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /// How long until there are new ones.
    public Duration untilTomorrow() {
        long second = clock.instant().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
        return Duration.ofDays(1).minusSeconds(second);
    }
}
