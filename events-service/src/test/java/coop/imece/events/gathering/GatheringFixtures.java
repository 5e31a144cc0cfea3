package coop.imece.events.gathering;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import coop.imece.platform.text.Wording;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Gatherings to begin a test with.
final class GatheringFixtures {

    /// Tests that go by the real clock plan for the next year, which is always ahead.
    static final int NEXT_YEAR = Year.now(ZoneOffset.UTC).getValue() + 1;

    static final Instant NOW = Instant.parse(NEXT_YEAR - 1 + "-11-22T08:00:00Z");
    static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
    static final UUID NILUFER = UUID.fromString("0192f0c1-7d3a-7c11-8f00-6b1e5a2c9d01");
    static final UUID FAIR = UUID.fromString("0192f0c2-1111-7222-8333-444455556666");
    static final UUID PUBLICATION = UUID.fromString("0192f0c5-1111-7222-8333-444455556666");
    static final LocalisedText NILUFER_NAME = LocalisedText.of("tr", "Nilüfer Belediyesi");
    static final LocalisedText STORM = LocalisedText.of("tr", "Fırtına uyarısı");
    static final Place NILUFER_PLACE = new Place("TR", "TR-16", "Nilüfer", null);

    private GatheringFixtures() {}

    static Gathering aDraft() {
        return aDraft(aFair());
    }

    static Gathering aDraft(GatheringContent content) {
        return Gathering.draft(FAIR, NILUFER, NILUFER_NAME, content);
    }

    static Gathering anAnnouncedFair() {
        var gathering = aDraft();
        gathering.announce(PUBLICATION, true, NILUFER_NAME, NOW);
        return gathering;
    }

    static Gathering aCancelledFair() {
        var gathering = anAnnouncedFair();
        gathering.cancel(STORM, true, NOW);
        return gathering;
    }

    static GatheringContent aFair() {
        return new GatheringContent(
                "FAIR",
                List.of("marketing"),
                new LocalisedText(Map.of(
                        "tr", Wording.of("Nilüfer Üretici Fuarı"),
                        "he", Wording.of("יריד יצרנים בנילופר"))),
                LocalisedText.of("tr", "Yirmi kooperatifin ürünleri bir arada."),
                new Timing(
                        Instant.parse(NEXT_YEAR + "-05-07T07:00:00Z"),
                        ISTANBUL,
                        Instant.parse(NEXT_YEAR + "-05-08T15:00:00Z"),
                        ISTANBUL),
                NILUFER_PLACE,
                null,
                List.of(),
                List.of());
    }

    static GatheringContent at(GatheringContent content, Instant starts, Instant ends) {
        return new GatheringContent(
                content.kind(),
                content.topics(),
                content.title(),
                content.description(),
                new Timing(starts, ISTANBUL, ends, ISTANBUL),
                content.place(),
                content.link(),
                content.sdgs(),
                content.languages());
    }

    static GatheringContent in(GatheringContent content, @Nullable Place place, @Nullable String link) {
        return new GatheringContent(
                content.kind(),
                content.topics(),
                content.title(),
                content.description(),
                content.timing(),
                place,
                link,
                content.sdgs(),
                content.languages());
    }

    static GatheringContent about(GatheringContent content, String kind, List<String> topics) {
        return new GatheringContent(
                kind,
                topics,
                content.title(),
                content.description(),
                content.timing(),
                content.place(),
                content.link(),
                content.sdgs(),
                content.languages());
    }

    static GatheringContent called(GatheringContent content, String title) {
        return new GatheringContent(
                content.kind(),
                content.topics(),
                LocalisedText.of("tr", title),
                content.description(),
                content.timing(),
                content.place(),
                content.link(),
                content.sdgs(),
                content.languages());
    }
}
