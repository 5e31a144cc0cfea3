package coop.imece.directory.organisation;

import static coop.imece.directory.organisation.OrganisationFixture.NOW;
import static coop.imece.directory.organisation.OrganisationFixture.aCooperative;
import static coop.imece.directory.organisation.OrganisationFixture.aMunicipality;
import static coop.imece.platform.test.ContractAssertions.assertEveryTypeIsPublished;
import static coop.imece.platform.test.ContractAssertions.assertPublishes;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.OutboxEntry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrganisationContractTests {

    @Test
    void hasASchemaAndAnExampleOfEachEvent() {
        assertEveryTypeIsPublished(OrganisationEvent.class);
    }

    @Test
    void publishesWhatTheSchemasSay() {
        Organisation organisation = aMunicipality()
                .numbered(Identifier.of("TR-VKN", "4540536920"), Identifier.of("OTHER", "7"))
                .working(new Sector("NACE2", "84.11"))
                .workingFor("8", "12")
                .alsoKnownAs("Nilüfer")
                .reachedBy(new ContactPoint(
                        ContactPoint.Channel.EMAIL, "info@nilufer.example", ContactPoint.Visibility.PUBLIC))
                .registered();
        organisation.verify(UUID.randomUUID(), NOW);
        organisation.change(aCooperative().foundedIn(2019).profile(), true, NOW);
        organisation.restate();

        assertThat(assertPublishes(organisation))
                .extracting(OutboxEntry::type)
                .containsExactly(
                        "directory.organisation.registered.v1",
                        "directory.organisation.verified.v1",
                        "directory.organisation.changed.v1",
                        "directory.organisation.restated.v1");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        Organisation organisation = aCooperative().in("TR-16").registered();

        assertThat(assertPublishes(organisation))
                .allSatisfy(entry -> assertThat(entry.data()).doesNotContain("null"));
    }
}
