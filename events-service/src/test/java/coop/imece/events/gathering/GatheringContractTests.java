package coop.imece.events.gathering;

import static coop.imece.events.gathering.GatheringFixtures.NEXT_YEAR;
import static coop.imece.events.gathering.GatheringFixtures.NILUFER_NAME;
import static coop.imece.events.gathering.GatheringFixtures.NOW;
import static coop.imece.events.gathering.GatheringFixtures.PUBLICATION;
import static coop.imece.events.gathering.GatheringFixtures.aCancelledFair;
import static coop.imece.events.gathering.GatheringFixtures.aDraft;
import static coop.imece.events.gathering.GatheringFixtures.aFair;
import static coop.imece.events.gathering.GatheringFixtures.anAnnouncedFair;
import static coop.imece.events.gathering.GatheringFixtures.called;
import static coop.imece.events.gathering.GatheringFixtures.in;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.test.ContractAssertions;
import org.junit.jupiter.api.Test;

class GatheringContractTests {

    @Test
    void everyEventHasASchemaAndAnExample() {
        ContractAssertions.assertEveryTypeIsPublished(GatheringEvent.class);
    }

    @Test
    void whatIsPublishedSatisfiesItsSchema() {
        var gathering = aCancelledFair();
        gathering.restate();

        assertThat(ContractAssertions.assertPublishes(gathering))
                .extracting(OutboxEntry::type)
                .containsExactly(
                        "events.gathering.announced.v1",
                        "events.gathering.cancelled.v1",
                        "events.gathering.restated.v1");
    }

    @Test
    void aChangeSatisfiesItsSchema() {
        var gathering = anAnnouncedFair();
        gathering.revise(called(aFair(), "Kooperatif Fuarı"), NILUFER_NAME, true, NOW);

        assertThat(ContractAssertions.assertPublishes(gathering).getLast().data())
                .contains("\"fields\":[\"title\"]", "\"notify\":true", "\"revision\":1");
    }

    @Test
    void whatIsOnlineOnlySatisfiesItsSchema() {
        var gathering = aDraft(in(aFair(), null, "https://toplanti.example/fuar"));
        gathering.announce(PUBLICATION, false, NILUFER_NAME, NOW);

        assertThat(ContractAssertions.assertPublishes(gathering).getFirst().data())
                .contains("\"link\":\"https://toplanti.example/fuar\"")
                .doesNotContain("\"place\"");
    }

    @Test
    void momentsTravelWithTheOffsetPeopleWrote() {
        assertThat(ContractAssertions.assertPublishes(anAnnouncedFair())
                        .getFirst()
                        .data())
                .contains(
                        "\"starts\":{\"at\":\"" + NEXT_YEAR + "-05-07T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"}");
    }

    @Test
    void aDraftIsNeverRestated() {
        var draft = aDraft();

        draft.restate();

        assertThat(draft.raised()).isEmpty();
    }
}
