package coop.imece.events.gathering;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Announced gatherings that compete with a planned one: of the same kind or on one of its topics, in the same region
/// (or online as well), within thirty days before or after. What is repeated in the same town helps nobody.
@Component
class Overlaps {

    static final Duration NEAR = Duration.ofDays(30);
    private static final int MOST = 5;

    private final MongoOperations mongo;

    Overlaps(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// The gatherings that compete with this content, nearest in time first as the calendar has them; at most five.
    ///
    /// @param id the gathering itself, which does not compete with itself
    List<Gathering> of(UUID id, GatheringContent content) {
        return mongo.find(query(id, content), Gathering.class);
    }

    static Query query(UUID id, GatheringContent content) {
        var timing = content.timing();
        var place = content.place();
        Criteria where = place == null || place.region() == null
                ? Criteria.where("content.place").isNull()
                : Criteria.where("content.place.region").is(place.region());
        Criteria alike = new Criteria()
                .orOperator(
                        Criteria.where("content.kind").is(content.kind()),
                        Criteria.where("content.topics").in(content.topics()));
        Criteria near = Criteria.where("state")
                .is(GatheringState.ANNOUNCED)
                .and("content.timing.startsAt")
                .gte(timing.startsAt().minus(NEAR))
                .lte(timing.endsAt().plus(NEAR))
                .and("_id")
                .ne(id);
        return new Query(new Criteria().andOperator(near, where, alike))
                .with(Sort.by("content.timing.startsAt", "_id"))
                .limit(MOST);
    }
}
