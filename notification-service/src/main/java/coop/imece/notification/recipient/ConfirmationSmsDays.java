package coop.imece.notification.recipient;

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
import org.springframework.stereotype.Component;

/// How many SMS that confirm subscriptions may still leave on a day (UTC), to whomever: the form is open to everybody,
/// and each costs money. Each is taken by one atomic write, so that no number of requests at once gets past the limit.
@Component
final class ConfirmationSmsDays {

    private static final Duration KEPT = Duration.ofDays(2);
    private static final int ATTEMPTS = 3;

    private final MongoOperations mongo;
    private final int most;
    private final Clock clock;

    ConfirmationSmsDays(MongoOperations mongo, RecipientSettings settings, Clock clock) {
        this.mongo = mongo;
        this.most = settings.confirmationSmsPerDay();
        this.clock = clock;
    }

    /// @param id the day
    @Document("confirmation_sms_days")
    record Day(
            @Id String id,
            int taken,

            @Indexed(name = "forgetting", expireAfter = "0s")
            Instant forgetAt) {}

    /// Whether any is left today; takes none.
    boolean anyLeft() {
        return most > 0
                && !mongo.exists(
                        new Query(where("_id")
                                .is(today(clock.instant()))
                                .and("taken")
                                .gte(most)),
                        Day.class);
    }

    /// Takes one of today's; false if there is none left.
    boolean take() {
        Instant now = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS && most > 0; attempt++) {
            try {
                mongo.upsert(
                        new Query(where("_id").is(today(now)).and("taken").lt(most)),
                        new Update().inc("taken", 1).setOnInsert("forgetAt", now.plus(KEPT)),
                        Day.class);
                return true;
            } catch (DuplicateKeyException e) {
                // Either none is left, or somebody wrote the first one at the same moment.
            }
        }
        return false;
    }

    private static String today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    }

    /// How long until there are new ones.
    Duration untilTomorrow() {
        long second = clock.instant().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
        return Duration.ofDays(1).minusSeconds(second);
    }
}
