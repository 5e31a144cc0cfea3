package coop.imece.events.gathering;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Announced gatherings that compete with a planned one: of the same kind or on one of its topics, in the same region
/// (of which only the country is said: in that country; or online as well), within thirty days before or after. What is
/// repeated in the same town helps nobody.
@Component
class Overlaps {

    static final Duration NEAR = Duration.ofDays(30);
    private static final int MOST = 5;

    private final MongoOperations mongo;

    Overlaps(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// The gatherings that compete with the planned one, in the order in which they begin; at most five.
    List<Gathering> of(Planned planned) {
        return mongo.find(query(planned), Gathering.class);
    }

    static Query query(Planned planned) {
        Criteria where = planned.region() != null
                ? Criteria.where("content.place.region").is(planned.region())
                : planned.country() != null
                        ? Criteria.where("content.place.country").is(planned.country())
                        : Criteria.where("content.place").isNull();
        Criteria alike = new Criteria()
                .orOperator(
                        Criteria.where("content.kind").is(planned.kind()),
                        Criteria.where("content.topics").in(planned.topics()));
        Criteria near = Criteria.where("state")
                .is(GatheringState.ANNOUNCED)
                .and("content.timing.startsAt")
                .gte(planned.startsAt().minus(NEAR))
                .lte(planned.endsAt().plus(NEAR))
                .and("_id")
                .ne(planned.id());
        return new Query(new Criteria().andOperator(near, where, alike))
                .with(Sort.by("content.timing.startsAt", "_id"))
                .limit(MOST);
    }

    /// What is planned, as far as it matters here.
    ///
    /// @param id the gathering itself, which does not compete with itself; null if it has none yet
    /// @param country null if people meet online only, or the region says it
    /// @param region null if only the country is known, or people meet online only
    record Planned(
            @Nullable UUID id,
            String kind,
            List<String> topics,
            @Nullable String country,
            @Nullable String region,
            Instant startsAt,
            Instant endsAt) {

        static Planned of(Gathering gathering) {
            var content = gathering.content();
            var place = content.place();
            return new Planned(
                    gathering.id(),
                    content.kind(),
                    content.topics(),
                    place == null ? null : place.country(),
                    place == null ? null : place.region(),
                    content.timing().startsAt(),
                    content.timing().endsAt());
        }
    }
}
