package coop.imece.directory.representation;

import static coop.imece.platform.test.ContractAssertions.assertEveryTypeIsPublished;
import static coop.imece.platform.test.ContractAssertions.assertPublishes;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.directory.representation.RepresentationEvent.RepresentationDismissed.By;
import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.security.OrganisationRole;
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
        Representation representation =
                Representation.appoint(UUID.randomUUID(), UUID.randomUUID(), OrganisationRole.REPRESENTATIVE, NOW);
        representation.dismiss(null, NOW);
        representation.appointAs(OrganisationRole.REPRESENTATIVE, NOW);
        representation.appointAs(OrganisationRole.VIEWER, NOW);
        representation.restate();

        assertThat(assertPublishes(representation))
                .extracting(OutboxEntry::type)
                .containsExactly(
                        "directory.representation.appointed.v1",
                        "directory.representation.dismissed.v1",
                        "directory.representation.appointed.v1",
                        "directory.representation.appointed.v1",
                        "directory.representation.restated.v1");
    }

    @Test
    void isTheSameForOneOrganisationAndAccount() {
        UUID organisation = UUID.randomUUID();
        UUID account = UUID.randomUUID();

        assertThat(Representation.appoint(organisation, account, OrganisationRole.EDITOR, NOW)
                        .id())
                .isEqualTo(Representation.idOf(organisation, account))
                .isNotEqualTo(Representation.idOf(account, organisation));
    }

    @Test
    void changesNothingWhenRepeated() {
        Representation representation =
                Representation.appoint(UUID.randomUUID(), UUID.randomUUID(), OrganisationRole.REPRESENTATIVE, NOW);

        assertThat(representation.appointAs(OrganisationRole.REPRESENTATIVE, NOW))
                .isFalse();
        assertThat(representation.dismiss(null, NOW)).isTrue();
        assertThat(representation.dismiss(null, NOW)).isFalse();
        assertThat(representation.raised()).hasSize(2);
    }

    @Test
    void saysWhoEndedIt() {
        UUID account = UUID.randomUUID();

        assertThat(By.of(account, account)).isEqualTo(By.SELF);
        assertThat(By.of(UUID.randomUUID(), account)).isEqualTo(By.OTHERS);
        assertThat(By.of(null, account)).isEqualTo(By.NOBODY);
    }
}
