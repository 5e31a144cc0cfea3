package coop.imece.gateway.signin;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// One document per day and subject, counted up by the database in one step, so that two instances never give away the
/// same last place; forgotten two days later.
@Component
class StoredDayCounts implements DayCounts {

    private static final int KEPT_DAYS = 2;

    @Document("sign_in_counts")
    record Count(
            @Id String id,
            long count,
            @Indexed(expireAfter = "0s") Instant forgetAt) {}

    private final MongoTemplate mongo;

    StoredDayCounts(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public long increment(String subject, LocalDate day) {
        try {
            return incremented(subject, day);
        } catch (DuplicateKeyException _) {
            // Two were the first of the day; now the document is there.
            return incremented(subject, day);
        }
    }

    private long incremented(String subject, LocalDate day) {
        Count counted = mongo.findAndModify(
                Query.query(Criteria.where("_id").is(day + " " + subject)),
                new Update()
                        .inc("count", 1)
                        .setOnInsert(
                                "forgetAt",
                                day.plusDays(KEPT_DAYS)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Count.class);
        return Objects.requireNonNull(counted).count();
    }
}
