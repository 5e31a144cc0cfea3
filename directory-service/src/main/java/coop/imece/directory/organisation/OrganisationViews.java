package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the pages show of organisations, with codes turned into words.
@Component
class OrganisationViews {

    static final String PATH = "/organisations";

    private static final int SHOWN_CHOICES = 6;

    private final OrganisationSearch search;
    private final OrganisationPolicy policy;
    private final OrganisationClaim claim;
    private final KnownCodeLists lists;

    OrganisationViews(
            OrganisationSearch search, OrganisationPolicy policy, OrganisationClaim claim, KnownCodeLists lists) {
        this.search = search;
        this.policy = policy;
        this.claim = claim;
        this.lists = lists;
    }

    /// One organisation in a list.
    record Card(
            UUID id,
            LocalisedText name,
            String kind,
            boolean verified,
            @Nullable LocalisedText description,
            String place) {}

    /// One choice of a facet.
    record Choice(String value, String label, long count, boolean chosen) {}

    /// A facet: the first choices, and the rest, which stays folded.
    record Facet(String name, List<Choice> first, List<Choice> rest) {

        public boolean restChosen() {
            return rest.stream().anyMatch(Choice::chosen);
        }
    }

    /// A chosen value that can be taken away.
    record Chip(String label, String href) {}

    /// One value of a parameter.
    record Chosen(String name, String value) {}

    /// The list page. What a template calls is public: the expression language finds nothing else.
    record ListView(
            OrganisationFilter filter,
            List<Card> cards,
            long total,
            @Nullable String next,
            List<Facet> facets,
            List<Chip> chips) {

        public String words() {
            String q = filter.q();
            return q == null ? "" : q.strip();
        }

        public boolean narrowed() {
            return !chips.isEmpty();
        }

        /// The chosen values as hidden fields, so that new words keep them.
        public List<Chosen> kept() {
            Boolean represented = filter.represented();
            return Stream.concat(
                            Stream.of(OrganisationFilter.Dimension.values())
                                    .flatMap(dimension -> filter.values(dimension).stream()
                                            .map(value -> new Chosen(dimension.parameter(), value))),
                            represented == null
                                    ? Stream.of()
                                    : Stream.of(new Chosen("represented", represented.toString())))
                    .toList();
        }
    }

    ListView list(OrganisationFilter asked, Caller caller, Language reader) {
        OrganisationFilter filter = asked.checked(lists);
        Problem refusal = policy.refusal(filter, caller);
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        boolean all = policy.seesAll(caller);
        OrganisationSearch.Found found = search.find(filter, all);
        Map<String, List<OrganisationSearch.FacetValue>> counted = search.facets(filter, all, reader.tag());
        List<Facet> facets = counted.entrySet().stream()
                .map(entry -> facet(filter, entry.getKey(), entry.getValue(), reader))
                .filter(facet -> !facet.first().isEmpty())
                .toList();
        return new ListView(
                filter,
                found.items().stream().map(o -> card(o, reader)).toList(),
                found.total(),
                found.more() ? filter.next(PATH, found.items().getLast()) : null,
                facets,
                chips(filter, reader));
    }

    private Facet facet(
            OrganisationFilter filter, String name, List<OrganisationSearch.FacetValue> counted, Language reader) {
        OrganisationFilter.Dimension dimension = Stream.of(OrganisationFilter.Dimension.values())
                .filter(d -> d.parameter().equals(name))
                .findFirst()
                .orElseThrow();
        List<String> chosen = filter.values(dimension);
        List<Choice> choices = new ArrayList<>();
        counted.forEach(value ->
                choices.add(new Choice(value.value(), value.label(), value.count(), chosen.contains(value.value()))));
        chosen.stream()
                .filter(value ->
                        choices.stream().noneMatch(choice -> choice.value().equals(value)))
                .forEach(
                        value -> choices.add(new Choice(value, search.label(dimension, value, reader.tag()), 0, true)));
        int shown = choices.size() <= SHOWN_CHOICES + 1 ? choices.size() : SHOWN_CHOICES;
        return new Facet(name, choices.subList(0, shown), choices.subList(shown, choices.size()));
    }

    private List<Chip> chips(OrganisationFilter filter, Language reader) {
        return Stream.of(OrganisationFilter.Dimension.values())
                .flatMap(dimension -> filter.values(dimension).stream()
                        .map(value -> new Chip(
                                search.label(dimension, value, reader.tag()), filter.without(PATH, dimension, value))))
                .toList();
    }

    Card card(Organisation organisation, Language reader) {
        Profile profile = organisation.profile();
        return new Card(
                organisation.id(),
                profile.name(),
                lists.label("organisation-kinds", profile.kind(), reader.tag()),
                organisation.state() == Organisation.State.VERIFIED,
                profile.description(),
                place(profile.place(), reader));
    }

    /// Town, region and, unless that goes without saying, country.
    private String place(Place place, Language reader) {
        String country = place.country().equals("TR") && reader == Language.TR && place.region() != null
                ? null
                : lists.label("countries", place.country(), reader.tag());
        String region = place.region() == null ? null : lists.label("regions", place.region(), reader.tag());
        return Stream.of(place.locality(), region, country)
                .filter(Objects::nonNull)
                .distinct()
                // Names of two directions beside each other would trade places in a right-to-left page.
                .map(part -> reader == Language.HE ? "\u2068" + part + "\u2069" : part)
                .collect(Collectors.joining(", "));
    }

    /// A number with the words for its scheme.
    record IdentifierLine(String scheme, String value, boolean doubtful) {}

    /// A goal with its words.
    record Goal(String code, String label) {}

    /// The page of one organisation.
    record Detail(
            UUID id,
            LocalisedText name,
            String type,
            String kind,
            boolean verified,
            @Nullable LocalisedText description,
            List<String> alsoKnownAs,
            List<IdentifierLine> numbers,
            List<String> sectors,
            String place,
            List<ContactPoint> contacts,
            List<String> languages,
            List<Goal> goals,
            @Nullable String founded,
            Instant confirmedAt,
            long version,
            boolean mayChange,
            boolean mayVerify,
            boolean maySeePeople,
            boolean claimable) {}

    Detail detail(Organisation organisation, Caller caller, Language reader) {
        Profile profile = organisation.profile();
        boolean verified = organisation.state() == Organisation.State.VERIFIED;
        return new Detail(
                organisation.id(),
                profile.name(),
                lists.label("organisation-types", profile.type().name(), reader.tag()),
                lists.label("organisation-kinds", profile.kind(), reader.tag()),
                verified,
                profile.description(),
                profile.alsoKnownAs(),
                profile.identifiers().stream()
                        .map(number -> new IdentifierLine(
                                lists.label("identifier-schemes", number.scheme(), reader.tag()),
                                number.value(),
                                Boolean.FALSE.equals(number.valid())))
                        .toList(),
                profile.sectors().stream().map(sector -> sector(sector, reader)).toList(),
                place(profile.place(), reader),
                OrganisationAnswer.of(organisation, policy.sees(organisation, caller))
                        .contactPoints(),
                profile.languages(),
                profile.sdgs().stream()
                        .map(goal -> new Goal(goal, lists.label("sdgs", goal, reader.tag())))
                        .toList(),
                profile.founded() == null ? null : profile.founded().toString(),
                organisation.confirmedAt(),
                organisation.version(),
                policy.mayChange(organisation, caller),
                !verified && policy.mayVerify(organisation, caller),
                policy.maySeePeople(organisation, caller),
                claim.open(organisation));
    }

    private String sector(Sector sector, Language reader) {
        String code = sector.listed() ? "NACE " + sector.code() : sector.scheme() + " " + sector.code();
        return sector.listed() ? lists.label("sectors", sector.division(), reader.tag()) + " (" + code + ")" : code;
    }

    boolean mayChange(Organisation organisation, Caller caller) {
        return policy.mayChange(organisation, caller);
    }
}
