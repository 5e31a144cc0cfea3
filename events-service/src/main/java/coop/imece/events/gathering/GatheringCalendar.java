package coop.imece.events.gathering;

import coop.imece.events.gathering.CalendarQuery.Cursor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// The gatherings in the order in which they begin.
///
/// Whatever is asked, the beginning is bounded from below, because no gathering lasts longer than [Timing#LONGEST]: so
/// the index is entered where the answer starts, however old the calendar grows.
@Component
class GatheringCalendar {

    private static final String STARTS = "content.timing.startsAt";
    private static final String ENDS = "content.timing.endsAt";
    private static final Sort ORDER = Sort.by(STARTS, "_id");
    private static final List<GatheringState> PUBLIC = List.of(GatheringState.ANNOUNCED, GatheringState.CANCELLED);

    private final MongoOperations mongo;
    private final Clock clock;

    GatheringCalendar(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /// One page. Whether the reader may see drafts is the caller's business.
    Page find(CalendarQuery query) {
        Instant now = clock.instant();
        List<Gathering> found = new ArrayList<>(mongo.find(page(query, now).limit(query.limit() + 1), Gathering.class));
        Cursor next = null;
        if (found.size() > query.limit()) {
            found.removeLast();
            Gathering last = found.getLast();
            next = new Cursor(last.content().timing().startsAt(), last.id());
        }
        long total = next == null && query.cursor() == null
                ? found.size()
                : mongo.count(new Query(new Criteria().andOperator(filters(query, now))), Gathering.class);
        return new Page(List.copyOf(found), total, next);
    }

    static Query page(CalendarQuery query, Instant now) {
        List<Criteria> all = filters(query, now);
        Cursor cursor = query.cursor();
        if (cursor != null) {
            all.add(new Criteria()
                    .orOperator(
                            Criteria.where(STARTS).gt(cursor.startsAt()),
                            Criteria.where(STARTS)
                                    .is(cursor.startsAt())
                                    .and("_id")
                                    .gt(cursor.id())));
        }
        return new Query(new Criteria().andOperator(all)).with(ORDER);
    }

    private static List<Criteria> filters(CalendarQuery query, Instant now) {
        var all = new ArrayList<Criteria>();
        all.add(Criteria.where("state").in(query.states().isEmpty() ? PUBLIC : query.states()));
        if (query.organiser() != null) {
            all.add(Criteria.where("organiser").is(query.organiser()));
        }
        var from = query.from();
        if (from != null) {
            all.add(Criteria.where("listing.lastDay").gte(from.toString()));
            all.add(Criteria.where(STARTS)
                    .gte(from.minusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .minus(Timing.LONGEST)));
        } else if (!query.asksForDrafts()) {
            all.add(Criteria.where(ENDS).gt(now));
            all.add(Criteria.where(STARTS).gt(now.minus(Timing.LONGEST)));
        }
        var to = query.to();
        if (to != null) {
            all.add(Criteria.where("listing.firstDay").lte(to.toString()));
            all.add(Criteria.where(STARTS)
                    .lt(to.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        oneOf(all, "content.kind", query.kinds());
        oneOf(all, "content.topics", query.topics());
        oneOf(all, "content.place.region", query.regions());
        oneOf(all, "listing.languages", query.languages());
        for (String word : query.words()) {
            all.add(Criteria.where("listing.words").regex(Pattern.compile(Pattern.quote(word))));
        }
        return all;
    }

    private static void oneOf(List<Criteria> all, String field, List<String> values) {
        if (!values.isEmpty()) {
            all.add(Criteria.where(field).in(values));
        }
    }

    /// @param total how many there are on all pages
    /// @param next where the next page begins; null on the last
    record Page(List<Gathering> items, long total, @Nullable Cursor next) {}
}
