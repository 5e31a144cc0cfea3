package coop.imece.directory.organisation;

import static coop.imece.directory.organisation.OrganisationFixture.aCooperative;
import static coop.imece.directory.organisation.OrganisationFixture.aMunicipality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.web.util.UriComponentsBuilder;

@ServiceTest
class OrganisationSearchIntegrationTests {

    @Autowired
    private OrganisationSearch search;

    @Autowired
    private Organisations organisations;

    @Autowired
    private KnownCodeLists lists;

    @Autowired
    private MongoOperations mongo;

    @BeforeEach
    void fill() {
        mongo.remove(new Query(), Organisation.class);
        organisations.saveAll(List.of(
                aCooperative()
                        .named("Tomurcuk Kooperatifi")
                        .in("TR", "TR-16", "Nilüfer")
                        .working(new Sector("NACE2", "10.71"))
                        .workingFor("5", "8")
                        .registered(),
                aCooperative()
                        .named("İSPARTA Gül Üreticileri")
                        .in("TR", "TR-32", "Eğirdir")
                        .ofKind(OrganisationType.COOPERATIVE, "TKK")
                        .working(new Sector("NACE2", "01.28"))
                        .registered(),
                aCooperative()
                        .named("Zadruga Kras")
                        .in("SI", "SI044", "Sežana")
                        .ofKind(OrganisationType.COOPERATIVE, "TUR")
                        .registered(),
                aMunicipality()
                        .alsoNamed("en", "Nilüfer Municipality")
                        .in("TR", "TR-16", "Nilüfer")
                        .verified()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ısparta", "ISPARTA", "isparta gul", "ür", "eğirdir"})
    void findsByTheBeginningOfWordsHoweverTheyAreWritten(String q) {
        assertThat(names(filter(q, null))).containsExactly("İSPARTA Gül Üreticileri");
    }

    @Test
    void findsNothingForSignsWithoutWords() {
        assertThat(names(filter("?!*", null))).isEmpty();
    }

    @Test
    void narrowsByRegionCountryAndNutsRegion() {
        assertThat(names(region("TR-16"))).containsExactly("Nilüfer Belediyesi", "Tomurcuk Kooperatifi");
        assertThat(names(region("SI"))).containsExactly("Zadruga Kras");
        assertThat(names(region("TR61"))).containsExactly("İSPARTA Gül Üreticileri");
        assertThat(names(region("SI", "TR-32"))).containsExactly("İSPARTA Gül Üreticileri", "Zadruga Kras");
    }

    @Test
    void narrowsBySectorAtAnyLevel() {
        assertThat(names(sector("10"))).containsExactly("Tomurcuk Kooperatifi");
        assertThat(names(sector("C"))).containsExactly("Tomurcuk Kooperatifi");
        assertThat(names(sector("10.7"))).containsExactly("Tomurcuk Kooperatifi");
        assertThat(names(sector("A", "C"))).hasSize(2);
    }

    @Test
    void countsWhatElseCouldBeChosen() {
        var facets = search.facets(region("TR-16"), true, "tr");

        assertThat(facets.get("region"))
                .contains(new OrganisationSearch.FacetValue("TR-16", "Bursa", 2))
                .hasSize(3);
        assertThat(facets.get("type"))
                .containsExactly(
                        new OrganisationSearch.FacetValue("SUPPORTER", "Destekçi kuruluş", 1),
                        new OrganisationSearch.FacetValue("COOPERATIVE", "Kooperatif", 1))
                .as("same count: by label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "newest"})
    void givesEachOnceOverAllPages(String sort) {
        organisations.saveAll(IntStream.range(0, 23)
                .mapToObj(i -> aCooperative().named("Kooperatif " + i).registered())
                .toList());
        List<String> seen = new ArrayList<>();
        OrganisationFilter filter =
                new OrganisationFilter(null, null, null, null, null, null, null, sort, null, 5, null).checked(lists);
        OrganisationSearch.Found found = search.find(filter, true);
        while (true) {
            assertThat(found.total()).isEqualTo(27);
            found.items().forEach(o -> seen.add(o.id().toString()));
            if (!found.more()) {
                break;
            }
            var next = UriComponentsBuilder.fromUriString(
                            filter.next("/x", found.items().getLast()))
                    .build()
                    .getQueryParams();
            filter = new OrganisationFilter(
                            null, null, null, null, null, null, null, sort, next.getFirst("cursor"), 5, null)
                    .checked(lists);
            found = search.find(filter, true);
        }
        assertThat(seen).hasSize(27).doesNotHaveDuplicates();
    }

    @Test
    void hidesFromStrangersWhatNobodyHasVerified() {
        OrganisationSearch.Found found = search.find(OrganisationFilter.none().checked(lists), false);

        assertThat(found.total()).isEqualTo(1);
        assertThat(found.items()).allMatch(Organisation::open);
        assertThat(search.facets(OrganisationFilter.none(), false, "tr"))
                .doesNotContainKey("state")
                .extractingByKey("type")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(search.countsByType()).containsEntry(OrganisationType.COOPERATIVE, 0L);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertRefused(
                new OrganisationFilter(null, List.of("CIRCUS"), null, null, null, null, null, null, null, null, null));
        assertRefused(
                new OrganisationFilter(null, null, List.of("XYZ"), null, null, null, null, null, null, null, null));
        assertRefused(region("TR-99"));
        assertRefused(sector("10.51.1.1"));
        assertRefused(new OrganisationFilter(null, null, null, null, null, null, null, "price", null, null, null));
        assertRefused(new OrganisationFilter(null, null, null, null, null, null, null, null, "%%%", null, null));
        assertRefused(new OrganisationFilter(null, null, null, null, null, null, null, null, null, 201, null));
        assertRefused(new OrganisationFilter(null, null, null, null, null, null, null, null, null, 0, null));
        assertRefused(filter("x".repeat(201), null));
    }

    @Test
    void usesAnIndexForEachHotQuery() {
        assertIndexed(filter("isparta", null));
        assertIndexed(OrganisationFilter.none());
        assertIndexed(region("TR-16"));
        assertIndexed(sector("10"));
        assertIndexed(new OrganisationFilter(
                null, List.of("SUPPORTER"), null, null, null, null, null, null, null, null, null));
        assertIndexed(
                new OrganisationFilter(null, null, List.of("KGI"), null, null, null, null, null, null, null, null));
        assertIndexed(new OrganisationFilter(null, null, null, null, null, List.of("5"), null, null, null, null, null));
        assertIndexed(new OrganisationFilter(null, null, null, null, null, null, null, "newest", null, null, null));
    }

    private void assertIndexed(OrganisationFilter filter) {
        assertIndexed(filter, true);
        assertIndexed(filter, false);
    }

    private void assertIndexed(OrganisationFilter filter, boolean all) {
        Query query = search.pageQuery(filter.checked(lists), all);
        Document plan = mongo.executeCommand(new Document(
                "explain",
                new Document("find", "organisations")
                        .append("filter", query.getQueryObject())
                        .append("sort", query.getSortObject())
                        .append("limit", query.getLimit())));
        String winning = plan.get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
        assertThat(winning).as("%s", filter).contains("IXSCAN").doesNotContain("COLLSCAN");
    }

    private void assertRefused(OrganisationFilter filter) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> filter.checked(lists))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    private List<String> names(OrganisationFilter filter) {
        return search.find(filter.checked(lists), true).items().stream()
                .map(o -> o.profile().name().text("tr"))
                .toList();
    }

    private static OrganisationFilter filter(@Nullable String q, @Nullable Integer limit) {
        return new OrganisationFilter(q, null, null, null, null, null, null, null, null, limit, null);
    }

    private static OrganisationFilter region(String... regions) {
        return new OrganisationFilter(null, null, null, List.of(regions), null, null, null, null, null, null, null);
    }

    private static OrganisationFilter sector(String... sectors) {
        return new OrganisationFilter(null, null, null, null, List.of(sectors), null, null, null, null, null, null);
    }
}
