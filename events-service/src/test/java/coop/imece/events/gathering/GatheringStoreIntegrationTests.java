package coop.imece.events.gathering;

import static coop.imece.events.gathering.GatheringFixtures.ISTANBUL;
import static coop.imece.events.gathering.GatheringFixtures.NILUFER;
import static coop.imece.events.gathering.GatheringFixtures.NILUFER_NAME;
import static coop.imece.events.gathering.GatheringFixtures.NOW;
import static coop.imece.events.gathering.GatheringFixtures.STORM;
import static coop.imece.events.gathering.GatheringFixtures.aFair;
import static coop.imece.events.gathering.GatheringFixtures.about;
import static coop.imece.events.gathering.GatheringFixtures.at;
import static coop.imece.events.gathering.GatheringFixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coop.imece.events.gathering.CalendarQuery.Cursor;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.text.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.QueryMapper;
import org.springframework.data.mongodb.core.query.Query;

@ServiceTest
class GatheringStoreIntegrationTests {

    private final Gatherings gatherings;
    private final MongoOperations mongo;
    private final Overlaps overlaps;
    private final GatheringCalendar calendar;

    @Autowired
    GatheringStoreIntegrationTests(
            Gatherings gatherings, MongoOperations mongo, Overlaps overlaps, GatheringCalendar calendar) {
        this.gatherings = gatherings;
        this.mongo = mongo;
        this.overlaps = overlaps;
        this.calendar = calendar;
    }

    @BeforeEach
    void empty() {
        gatherings.deleteAll();
    }

    @Test
    void keepsAGatheringAsItIs() {
        var gathering = Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, aFair());
        gathering.announce(UUID.randomUUID(), true, NILUFER_NAME, NOW);
        gathering.cancel(STORM, true, NOW);

        gatherings.save(gathering);

        var found = gatherings.findById(gathering.id()).orElseThrow();
        assertThat(found.content()).isEqualTo(aFair());
        assertThat(found.publicState()).isEqualTo(gathering.publicState());
        assertThat(found.publication()).isEqualTo(gathering.publication());
        assertThat(found.cancellation()).isEqualTo(gathering.cancellation());
        assertThat(found.listing()).isEqualTo(gathering.listing());
        assertThat(found.raised()).isEmpty();
    }

    @Test
    void anIdIsTakenOnce() {
        UUID id = UUID.randomUUID();
        gatherings.insert(Gathering.draft(id, NILUFER, NILUFER_NAME, aFair()));

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> gatherings.insert(Gathering.draft(id, NILUFER, NILUFER_NAME, aFair())));
    }

    @Test
    void findsCompetitorsOfTheSameKindOrTopicInTheSameRegionWithinThirtyDays() {
        var planned = aFair();
        var sameKind = announced(about(planned, "FAIR", List.of()));
        var sameTopic = announced(about(planned, "TRAINING", List.of("marketing")));
        announced(about(planned, "TRAINING", List.of("finance")));
        announced(in(planned, new Place("TR", "TR-35", null, null), null));
        announced(in(planned, null, "https://toplanti.example/fuar"));
        announced(later(planned, Duration.ofDays(60)));
        gatherings.save(Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, planned));
        var draft = Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, planned);

        assertThat(overlaps.of(Overlaps.Planned.of(draft)))
                .extracting(Gathering::id)
                .containsExactlyInAnyOrder(sameKind.id(), sameTopic.id());
        assertThat(overlaps.of(Overlaps.Planned.of(sameKind)))
                .as("does not compete with itself")
                .isEmpty();
    }

    @Test
    void ofAPlaceWithoutRegionFindsCompetitorsInTheSameCountry() {
        var planned = in(aFair(), new Place("IT", null, "Trento", null), null);
        var there = announced(in(planned, new Place("IT", "IT-52", null, null), null));
        var somewhere = announced(in(planned, new Place("IT", null, null, null), null));
        announced(in(planned, new Place("TR", "TR-16", null, null), null));
        announced(in(planned, null, "https://toplanti.example/fuar"));
        var draft = Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, planned);

        assertThat(overlaps.of(Overlaps.Planned.of(draft)))
                .extracting(Gathering::id)
                .containsExactlyInAnyOrder(there.id(), somewhere.id());
    }

    @Test
    void walksAllPagesWithoutSkippingOrRepeatingThoughTimesAreEqual() {
        var all = new ArrayList<UUID>();
        for (int i = 0; i < 25; i++) {
            all.add(announced(later(aFair(), Duration.ofDays(i / 10))).id());
        }

        var seen = new ArrayList<UUID>();
        var query = CalendarQuery.upcoming(7);
        var page = calendar.find(query);
        while (true) {
            page.items().forEach(item -> seen.add(item.id()));
            assertThat(page.total()).isEqualTo(25);
            Cursor next = page.next();
            if (next == null) {
                break;
            }
            page = calendar.find(
                    CalendarQuery.of(Map.of("limit", new String[] {"7"}, "cursor", new String[] {next.text()})));
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
    }

    @Test
    void theCalendarIsReadFromItsIndexHoweverOldItGrows() {
        for (int i = 0; i < 300; i++) {
            gatherings.save(announcedLongAgo(i));
        }
        for (int i = 0; i < 20; i++) {
            announced(later(aFair(), Duration.ofDays(i)));
        }

        var plan = explained(
                GatheringCalendar.page(CalendarQuery.upcoming(10), NOW).limit(11));

        assertThat(stages(plan)).contains("IXSCAN").doesNotContain("COLLSCAN", "SORT");
        assertThat(examined(plan)).isLessThan(60);
    }

    @Test
    void anOrganisersOwnDraftsAreReadFromTheirIndex() {
        for (int i = 0; i < 100; i++) {
            gatherings.save(Gathering.draft(UUID.randomUUID(), UUID.randomUUID(), NILUFER_NAME, aFair()));
        }
        gatherings.save(Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, aFair()));

        var plan = explained(GatheringCalendar.page(CalendarQuery.of(NILUFER, GatheringState.DRAFT, 10), NOW)
                .limit(11));

        assertThat(stages(plan)).contains("IXSCAN").doesNotContain("COLLSCAN", "SORT");
        assertThat(examined(plan)).isLessThanOrEqualTo(1);
    }

    @Test
    void competitorsAreReadFromTheIndexOfTheCalendar() {
        for (int i = 0; i < 200; i++) {
            gatherings.save(announcedLongAgo(i));
        }
        var draft = Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, aFair());

        var plan = explained(Overlaps.query(Overlaps.Planned.of(draft)));

        assertThat(stages(plan)).contains("IXSCAN").doesNotContain("COLLSCAN", "SORT");
        assertThat(examined(plan)).isZero();
    }

    private Gathering announced(GatheringContent content) {
        var gathering = Gathering.draft(UUID.randomUUID(), NILUFER, NILUFER_NAME, content);
        gathering.announce(UUID.randomUUID(), false, NILUFER_NAME, NOW);
        return gatherings.save(gathering);
    }

    private static Gathering announcedLongAgo(int day) {
        Instant then = NOW.minus(Duration.ofDays(800 + day));
        var gathering = Gathering.draft(
                UUID.randomUUID(), NILUFER, NILUFER_NAME, at(aFair(), then, then.plus(Duration.ofHours(3))));
        gathering.announce(UUID.randomUUID(), false, NILUFER_NAME, then.minus(Duration.ofDays(1)));
        return gathering;
    }

    private static GatheringContent later(GatheringContent content, Duration by) {
        var timing = new Timing(
                content.timing().startsAt().plus(by),
                ISTANBUL,
                content.timing().endsAt().plus(by),
                ISTANBUL);
        return at(content, timing.startsAt(), timing.endsAt());
    }

    private Document explained(Query query) {
        var find = new Document("find", mongo.getCollectionName(Gathering.class))
                .append(
                        "filter",
                        new QueryMapper(mongo.getConverter())
                                .getMappedObject(
                                        query.getQueryObject(),
                                        mongo.getConverter().getMappingContext().getPersistentEntity(Gathering.class)))
                .append("sort", query.getSortObject())
                .append("limit", query.getLimit());
        return mongo.executeCommand(new Document("explain", find).append("verbosity", "executionStats"));
    }

    private static int examined(Document plan) {
        return plan.get("executionStats", Document.class).getInteger("totalDocsExamined");
    }

    private static List<String> stages(Document plan) {
        var stages = new ArrayList<String>();
        collect(plan.get("queryPlanner", Document.class).get("winningPlan", Document.class), stages);
        return stages;
    }

    private static void collect(Document stage, List<String> stages) {
        stages.add(stage.getString("stage"));
        for (String child : List.of("inputStage", "queryPlan")) {
            if (stage.get(child) instanceof Document input) {
                collect(input, stages);
            }
        }
        if (stage.containsKey("inputStages")) {
            stage.getList("inputStages", Document.class).forEach(input -> collect(input, stages));
        }
    }
}
