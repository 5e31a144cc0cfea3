package coop.imece.directory.organisation;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import coop.imece.platform.text.Wording;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Organisations for tests, read as language: `aCooperative().named("Tomurcuk").in("TR-16").registered()`.
final class OrganisationFixture {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private UUID id = UUID.randomUUID();
    private OrganisationType type = OrganisationType.COOPERATIVE;
    private String kind = "KGI";
    private Map<String, Wording> name = new LinkedHashMap<>(Map.of("tr", Wording.of("Tomurcuk Kooperatifi")));
    private Place place = new Place("TR", "TR-16", "Nilüfer", null);
    private List<Sector> sectors = List.of();
    private List<ContactPoint> contacts = List.of();
    private List<Identifier> identifiers = List.of();
    private List<String> alsoKnownAs = List.of();
    private List<String> sdgs = List.of();
    private @Nullable Integer founded;
    private UUID registeredBy = UUID.randomUUID();

    private OrganisationFixture() {}

    static OrganisationFixture aCooperative() {
        return new OrganisationFixture();
    }

    static OrganisationFixture aMunicipality() {
        OrganisationFixture fixture = new OrganisationFixture();
        fixture.type = OrganisationType.SUPPORTER;
        fixture.kind = "MUNICIPALITY";
        return fixture.named("Nilüfer Belediyesi");
    }

    OrganisationFixture withId(UUID id) {
        this.id = id;
        return this;
    }

    OrganisationFixture named(String turkish) {
        name = new LinkedHashMap<>(Map.of("tr", Wording.of(turkish)));
        return this;
    }

    OrganisationFixture alsoNamed(String language, String text) {
        name.put(language, Wording.of(text));
        return this;
    }

    OrganisationFixture ofKind(OrganisationType type, String kind) {
        this.type = type;
        this.kind = kind;
        return this;
    }

    OrganisationFixture in(String country, String region, String locality) {
        place = new Place(country, region, locality, null);
        return this;
    }

    OrganisationFixture in(String region) {
        place = new Place(region.substring(0, 2), region, null, null);
        return this;
    }

    OrganisationFixture working(Sector... sectors) {
        this.sectors = List.of(sectors);
        return this;
    }

    OrganisationFixture reachedBy(ContactPoint... contacts) {
        this.contacts = List.of(contacts);
        return this;
    }

    OrganisationFixture numbered(Identifier... identifiers) {
        this.identifiers = List.of(identifiers);
        return this;
    }

    OrganisationFixture alsoKnownAs(String... names) {
        this.alsoKnownAs = List.of(names);
        return this;
    }

    OrganisationFixture workingFor(String... sdgs) {
        this.sdgs = List.of(sdgs);
        return this;
    }

    OrganisationFixture foundedIn(int year) {
        founded = year;
        return this;
    }

    OrganisationFixture registeredBy(UUID account) {
        this.registeredBy = account;
        return this;
    }

    Profile profile() {
        return new Profile(
                type,
                kind,
                new LocalisedText(name),
                alsoKnownAs,
                identifiers,
                sectors,
                place,
                contacts,
                List.of("tr"),
                sdgs,
                founded,
                LocalisedText.of("tr", "Birlikte üretiyoruz."));
    }

    Organisation registered() {
        return Organisation.register(id, profile(), registeredBy, NOW);
    }

    Organisation verified() {
        Organisation organisation = registered();
        organisation.verify(UUID.randomUUID(), NOW);
        return organisation;
    }
}
