package coop.imece.directory.representation;

import static coop.imece.platform.test.ContractAssertions.assertEveryTypeIsPublished;
import static coop.imece.platform.test.ContractAssertions.assertPublishes;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.OutboxEntry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RepresentationContractTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void hasASchemaAndAnExampleOfEachEvent() {
        assertEveryTypeIsPublished(RepresentationEvent.class);
    }

    @Test
    void publishesWhatTheSchemasSay() {
        Representation representation = Representation.appoint(UUID.randomUUID(), UUID.randomUUID(), NOW);
        representation.dismiss(NOW);
        representation.appointAgain(NOW);
        representation.restate();

        assertThat(assertPublishes(representation))
                .extracting(OutboxEntry::type)
                .containsExactly(
                        "directory.representation.appointed.v1",
                        "directory.representation.dismissed.v1",
                        "directory.representation.appointed.v1",
                        "directory.representation.restated.v1");
    }

    @Test
    void isTheSameForOneOrganisationAndAccount() {
        UUID organisation = UUID.randomUUID();
        UUID account = UUID.randomUUID();

        assertThat(Representation.appoint(organisation, account, NOW).id())
                .isEqualTo(Representation.idOf(organisation, account))
                .isNotEqualTo(Representation.idOf(account, organisation));
    }

    @Test
    void changesNothingWhenRepeated() {
        Representation representation = Representation.appoint(UUID.randomUUID(), UUID.randomUUID(), NOW);

        assertThat(representation.appointAgain(NOW)).isFalse();
        assertThat(representation.dismiss(NOW)).isTrue();
        assertThat(representation.dismiss(NOW)).isFalse();
        assertThat(representation.raised()).hasSize(2);
    }
}
