package coop.imece.events.gathering;

import static coop.imece.events.gathering.GatheringFixtures.NILUFER_PLACE;
import static coop.imece.events.gathering.GatheringFixtures.aDraft;
import static coop.imece.events.gathering.GatheringFixtures.aFair;
import static coop.imece.events.gathering.GatheringFixtures.in;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.page.Form;
import coop.imece.platform.text.Place;
import coop.imece.platform.web.Checks;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GatheringFormTests {

    private final JsonMapper json = PlatformJson.strict();
    private final GatheringReader reader = new GatheringReader(new AnyCode(), json);

    /// 2:30 comes twice on this night: this is the second one.
    private static final Instant SECOND_HALF_PAST_TWO = Instant.parse("2027-10-31T01:30:20Z");

    @Test
    void aFormSentBackUntouchedChangesNothing() {
        var rome = ZoneId.of("Europe/Rome");
        var gathering = aDraft(new GatheringContent(
                "FAIR",
                List.of("retired-topic"),
                aFair().title(),
                aFair().description(),
                new Timing(SECOND_HALF_PAST_TWO, rome, SECOND_HALF_PAST_TWO.plusSeconds(3605), rome),
                aFair().place(),
                null,
                List.of("8"),
                List.of("de", "tr")));

        assertThat(sent(gathering, null)).isEqualTo(gathering.content());
    }

    @Test
    void aMomentThatWasTypedAnewIsTaken() {
        var gathering = aDraft(aFair());

        var changed = sent(gathering, "09:15");

        assertThat(changed).isNotNull();
        assertThat(changed.timing().starts().at().toLocalTime()).hasToString("09:15");
        assertThat(changed.timing().ends()).isEqualTo(aFair().timing().ends());
    }

    @Test
    void whoClearsRegionAndTownMeetsOnlineOnly() {
        var gathering = aDraft(in(aFair(), NILUFER_PLACE, "https://toplanti.example/fuar"));
        var form = GatheringForm.of(gathering);

        var online = sentBack(gathering, form.with("region", "").with("locality", ""));
        var somewhere = sentBack(gathering, form.with("region", ""));

        assertThat(online).isNotNull();
        assertThat(online.place()).isNull();
        assertThat(somewhere).isNotNull();
        assertThat(somewhere.place()).isEqualTo(new Place("TR", null, "Nilüfer", null));
    }

    @Test
    void aCountryAloneStaysThoughTheFormDoesNotShowIt() {
        var gathering = aDraft(in(aFair(), new Place("IT", null, null, null), null));

        assertThat(sent(gathering, "09:15"))
                .extracting(GatheringContent::place)
                .isEqualTo(gathering.content().place());
    }

    private @Nullable GatheringContent sent(Gathering gathering, @Nullable String start) {
        var form = GatheringForm.of(gathering);
        return sentBack(gathering, start == null ? form : form.with("starts.time", start));
    }

    private @Nullable GatheringContent sentBack(Gathering gathering, Form form) {
        ObjectNode wanted = GatheringForm.wanted(form, reader.written(gathering));
        return reader.content(wanted, gathering.id(), "tr", new Checks());
    }

    private record AnyCode() implements Codes {

        @Override
        public boolean usable(String list, String code) {
            return true;
        }

        @Override
        public List<String> nearest(String list, String code) {
            return List.of();
        }
    }
}
