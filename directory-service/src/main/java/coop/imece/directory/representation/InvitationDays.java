package coop.imece.directory.representation;

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

/// How many messages one organisation or one account caused on a day; each is taken by one atomic write, so that no
/// number of requests at once gets past the limit.
@Component
class InvitationDays {

    private static final Duration KEPT = Duration.ofDays(2);
    private static final int ATTEMPTS = 3;

    private final MongoOperations mongo;
    private final Clock clock;

    InvitationDays(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /// @param id whose day
    @Document("invitation_days")
    record Day(
            @Id String id,
            int taken,

            @Indexed(name = "forgetting", expireAfter = "0s")
            Instant forgetAt) {}

    /// One of today's; false if there is none left.
    ///
    /// @param whose what the limit is for
    /// @param most how many there are
    boolean take(String whose, int most) {
        Instant now = clock.instant();
        String id = whose + "/" + LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                mongo.upsert(
                        new Query(where("_id").is(id).and("taken").lt(most)),
                        new Update().inc("taken", 1).setOnInsert("forgetAt", now.plus(KEPT)),
                        Day.class);
                return true;
            } catch (DuplicateKeyException e) {
                // Either none is left, or somebody wrote the first one at the same moment.
            }
        }
        return false;
    }
}
