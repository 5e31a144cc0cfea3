package coop.imece.directory.organisation;

import static coop.imece.directory.organisation.OrganisationFixture.NOW;
import static coop.imece.directory.organisation.OrganisationFixture.aCooperative;
import static coop.imece.directory.organisation.OrganisationFixture.aMunicipality;
import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.directory.organisation.OrganisationEvent.OrganisationChanged;
import coop.imece.directory.organisation.OrganisationEvent.OrganisationRegistered;
import coop.imece.directory.organisation.OrganisationEvent.OrganisationVerified;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrganisationTests {

    @Test
    void isSubmittedWhenRegisteredAndNamesItsFirstRepresentative() {
        UUID account = UUID.randomUUID();

        Organisation organisation = aCooperative().registeredBy(account).registered();

        assertThat(organisation.state()).isEqualTo(Organisation.State.SUBMITTED);
        assertThat(organisation.raised()).containsExactly(new OrganisationRegistered(account));
    }

    @Test
    void isVerifiedOnce() {
        UUID reviewer = UUID.randomUUID();
        Organisation organisation = aCooperative().registered();

        assertThat(organisation.verify(reviewer, NOW)).isTrue();
        assertThat(organisation.verify(reviewer, NOW)).isFalse();

        assertThat(organisation.state()).isEqualTo(Organisation.State.VERIFIED);
        assertThat(organisation.raised()).last().isEqualTo(new OrganisationVerified(reviewer));
        assertThat(organisation.raised()).hasSize(2);
    }

    @Test
    void raisesNothingWhenNothingChanges() {
        Organisation organisation = aCooperative().registered();

        assertThat(organisation.change(aCooperative().profile(), false, NOW)).isFalse();

        assertThat(organisation.raised()).hasSize(1);
    }

    @Test
    void saysWhichFieldsChanged() {
        Organisation organisation = aCooperative().registered();

        organisation.change(aCooperative().workingFor("5").in("TR-35").profile(), false, NOW.plusSeconds(60));

        assertThat(organisation.raised()).last().isEqualTo(new OrganisationChanged(List.of("place", "sdgs")));
        assertThat(organisation.asOf()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void staysVerifiedWhenItMoves() {
        Organisation organisation = aCooperative().verified();

        organisation.change(aCooperative().in("TR-35").profile(), false, NOW);

        assertThat(organisation.state()).isEqualTo(Organisation.State.VERIFIED);
    }

    @Test
    void mustBeVerifiedAgainWhenItsNameChanges() {
        Organisation organisation = aCooperative().verified();

        organisation.change(aCooperative().named("Bursa Büyükşehir Belediyesi").profile(), false, NOW);

        assertThat(organisation.state()).isEqualTo(Organisation.State.SUBMITTED);
    }

    @Test
    void staysVerifiedWhenAnAdministratorMendsItsName() {
        Organisation organisation = aCooperative().verified();

        organisation.change(aCooperative().named("Tomurcuk Kadın Kooperatifi").profile(), true, NOW);

        assertThat(organisation.state()).isEqualTo(Organisation.State.VERIFIED);
    }

    @Test
    void tellsOthersNoContactPoint() {
        Organisation organisation = aMunicipality()
                .reachedBy(new ContactPoint(
                        ContactPoint.Channel.EMAIL, "info@nilufer.example", ContactPoint.Visibility.PUBLIC))
                .registered();

        assertThat(organisation.publicState().toString()).doesNotContain("nilufer.example");
    }

    @Test
    void isFoundByTheFoldedWordsOfAllItsNames() {
        SearchTerms terms = SearchTerms.of(aCooperative()
                .named("İSPARTA Gül Üreticileri")
                .alsoNamed("en", "Isparta Rose Growers")
                .alsoKnownAs("Güller")
                .in("TR", "TR-32", "Eğirdir")
                .profile());

        assertThat(terms.words()).contains("isparta", "gul", "ureticileri", "rose", "growers", "guller", "egirdir");
        assertThat(terms.names()).containsExactly("isparta gul ureticileri|TR-32", "isparta rose growers|TR-32");
        assertThat(terms.sort()).isEqualTo("isparta gul ureticileri");
    }

    @Test
    void liesInItsSectorAndInAllAboveIt() {
        assertThat(new Sector("NACE2", "10.51").lineage()).containsExactly("10.51", "10.5", "10");
        assertThat(new Sector("NACE2", "10").lineage()).containsExactly("10");
        assertThat(new Sector("NACE2", "A").lineage()).containsExactly("A");
    }
}
