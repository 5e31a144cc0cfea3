package coop.imece.impact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestErasure;
import coop.imece.platform.test.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/// The whole service over the real database: API, pages, rules across documents, indexes.
@ServiceTest
class ImpactServiceIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("impact-service");
    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final UUID REVIEWER = UUID.randomUUID();

    @Autowired
    MockMvc mvc;

    @Autowired
    MongoOperations mongo;

    @Autowired
    View<?> knownOrganisationView;

    @Autowired
    View<?> knownRepresentationView;

    @Autowired
    View<?> knownCodeListView;

    private final UUID cooperative = UUID.randomUUID();
    private final UUID report = UUID.randomUUID();

    private String representative() {
        return TOKENS.representative(ACCOUNT, cooperative);
    }

    /// Tokens live 30 seconds: a new one for each request.
    private static String reviewer() {
        return TOKENS.reviewer(REVIEWER);
    }

    @BeforeEach
    void aCooperativeIsKnown() {
        mongo.remove(new org.springframework.data.mongodb.core.query.Query(), "reports");
        mongo.remove(new org.springframework.data.mongodb.core.query.Query(), "known_organisations");
        heardOf(cooperative, "COOPERATIVE", "VERIFIED", "TR-16", 1);
    }

    private void heardOf(UUID id, String type, String state, String region, long sequence) {
        knownOrganisationView.apply(ContractAssertions.received(
                "directory.organisation.restated.v1", id, sequence, organisation(id, type, state, region)));
    }

    private static String organisation(UUID id, String type, String state, String region) {
        return """
                {"state": {"id": "%s", "type": "%s", "kind": "KGI",
                  "name": {"tr": {"text": "Tomurcuk Kooperatifi", "state": "SOURCE"}},
                  "place": {"country": "TR", "region": "%s"}, "state": "%s", "languages": ["tr"], "sdgs": []},
                 "fact": {}}""".formatted(id, type, region, state);
    }

    private ResultActions as(String token, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.header("Authorization", token).header("Accept-Language", "tr"));
    }

    private static MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return request.contentType("application/json").content(body);
    }

    private String body(String values) {
        return "{\"organisation\":\"" + cooperative + "\",\"period\":\"2025\",\"values\":" + values + "}";
    }

    private static final String VALUES = "[{\"indicator\":\"M01\",\"value\":71},{\"indicator\":\"M02\",\"value\":48}]";

    private void created() throws Exception {
        as(representative(), json(put("/api/v1/reports/" + report), body(VALUES)))
                .andExpect(status().isCreated());
    }

    private void submitted() throws Exception {
        created();
        as(representative(), json(post("/api/v1/reports/" + report + "/submission"), "{}"))
                .andExpect(status().isCreated());
    }

    private void approved() throws Exception {
        submitted();
        as(reviewer(), json(post("/api/v1/reports/" + report + "/approval"), "{}"))
                .andExpect(status().isCreated());
    }

    @Test
    void anErasedAccountIsForgottenWhereItsPartDecidesNothingAndKeptWhereItMakesAnApprovalOne() throws Exception {
        submitted();
        try (var broker = new TestBroker()) {
            TestErasure.confirmedTwice(broker, "impact-service", ACCOUNT);
            assertThat(stored().get("submittedBy")).isEqualTo(ACCOUNT);

            as(reviewer(), json(post("/api/v1/reports/" + report + "/return"), "{\"comment\":\"M02?\"}"))
                    .andExpect(status().isCreated());
            var receipt = TestErasure.confirmedTwice(broker, "impact-service", ACCOUNT);
            assertThat(receipt.path("erased").path("reports").asInt()).isEqualTo(1);
            assertThat(stored().get("submittedBy")).isNull();
            assertThat(stored().get("reviewedBy")).isEqualTo(REVIEWER);

            TestErasure.confirmedTwice(broker, "impact-service", REVIEWER);
            assertThat(stored().get("reviewedBy")).isNull();
        }
    }

    private Document stored() {
        return java.util.Objects.requireNonNull(mongo.findById(report, Document.class, "reports"));
    }

    @Test
    void aReportGoesFromDraftToThePublicTotal() throws Exception {
        as(representative(), json(put("/api/v1/reports/" + report), body(VALUES)))
                .andExpect(status().isCreated())
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(header().string("Location", endsWith("/api/v1/reports/" + report)))
                .andExpect(jsonPath("$.state").value("DRAFT"))
                .andExpect(jsonPath("$.values[1].value").value(48));
        as(representative(), json(post("/api/v1/reports/" + report + "/submission"), "{}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.state").value("SUBMITTED"));
        as(representative(), post("/api/v1/reports/" + report + "/submission")).andExpect(status().isOk());
        as(reviewer(), json(post("/api/v1/reports/" + report + "/return"), "{\"comment\":\"Hangisi doğru?\"}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.comment").value("Hangisi doğru?"));
        as(
                        representative(),
                        patch("/api/v1/reports/" + report)
                                .contentType("application/merge-patch+json")
                                .header("If-Match", "\"2\"")
                                .content("{\"values\":[{\"indicator\":\"M01\",\"value\":72}]}"))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"3\""));
        as(representative(), json(post("/api/v1/reports/" + report + "/submission"), "{}"))
                .andExpect(status().isCreated());
        as(reviewer(), json(post("/api/v1/reports/" + report + "/approval"), "{}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.state").value("APPROVED"));

        mvc.perform(get("/api/v1/results"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].period").value("2025"))
                .andExpect(jsonPath("$.items[0].coverage.reported").value(1))
                .andExpect(jsonPath("$.items[0].coverage.of").value(1))
                .andExpect(jsonPath("$.items[0].values[0].value").value(72))
                .andExpect(jsonPath("$.items[0].values[1].value").doesNotExist())
                .andExpect(jsonPath("$.items[0].values[1].reported").value(0));
    }

    @Test
    void theSameContentAgainChangesNothingAndOtherContentNeedsTheVersion() throws Exception {
        created();
        String other = body("[{\"indicator\":\"M01\",\"value\":70}]");
        as(representative(), json(put("/api/v1/reports/" + report), body(VALUES)))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"0\""));
        as(representative(), json(put("/api/v1/reports/" + report), other))
                .andExpect(status().is(428))
                .andExpect(header().string("ETag", "\"0\""));
        as(representative(), json(put("/api/v1/reports/" + report), other).header("If-Match", "\"7\""))
                .andExpect(status().isPreconditionFailed());
        as(representative(), json(put("/api/v1/reports/" + report), other).header("If-Match", "\"0\""))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""));
    }

    @Test
    void anOrganisationReportsOnceForEachYear() throws Exception {
        created();
        as(representative(), json(put("/api/v1/reports/" + UUID.randomUUID()), body("[]")))
                .andExpect(status().isConflict())
                .andExpect(header().string("Location", "/api/v1/reports/" + report))
                .andExpect(jsonPath("$.type").value(endsWith("/problems/already-reported")));
        assertThat(mongo.getCollection("reports").countDocuments()).isEqualTo(1);
    }

    @Test
    void refusesWhatTheDefinitionsDoNotAllowFieldByField() throws Exception {
        as(
                        representative(),
                        json(
                                put("/api/v1/reports/" + report),
                                body(
                                        "[{\"indicator\":\"M01\",\"value\":31},{\"indicator\":\"M02\",\"value\":33},"
                                                + "{\"indicator\":\"X\",\"value\":1},{\"indicator\":\"W01\",\"value\":2.5},null]")))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[*].pointer")
                        .value(org.hamcrest.Matchers.containsInAnyOrder(
                                "#/values/1/value",
                                "#/values/2/indicator",
                                "#/values/3/value",
                                "#/values/4/indicator")))
                .andExpect(content().string(containsString("En çok 31 yazabilirsiniz")));
        assertThat(mongo.getCollection("reports").countDocuments()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | 400",
                "[] | 422",
                "{\"organisation\":\"x\",\"period\":\"2025\",\"values\":[]} | 422",
                "{\"organisation\":null,\"period\":null,\"values\":null} | 422",
                "{\"period\":\"2025\",\"state\":\"APPROVED\"} | 422",
                "{\"surprise\":1} | 422",
                "{\"period\":2025} | 422",
                "{\"values\":[{\"indicator\":\"M01\",\"value\":\"71\"}]} | 422",
                "{\"values\":[{\"indicator\":\"M01\",\"value\":1e999999999}]} | 422",
                "{\"period\":\"2025\\r\\nX: y\"} | 422"
            })
    void answersBadInputWithTheRightProblem(String body, int expected) throws Exception {
        as(representative(), json(put("/api/v1/reports/" + report), body)).andExpect(status().is(expected));
        assertThat(mongo.getCollection("reports").countDocuments()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 2000})
    void refusesNumbersHoweverManyDigitsTheyHave(int digits) throws Exception {
        String value = "[{\"indicator\":\"M01\",\"value\":" + "1".repeat(digits) + "}]";
        as(representative(), json(put("/api/v1/reports/" + report), body(value)))
                .andExpect(status().is4xxClientError());
        assertThat(mongo.getCollection("reports").countDocuments()).isZero();
    }

    @Test
    void aStrangerNeitherSeesNorChangesAReport() throws Exception {
        submitted();
        UUID account = UUID.randomUUID();
        String stranger = TOKENS.representative(account, UUID.randomUUID());
        String path = "/api/v1/reports/" + report;
        as(stranger, get(path)).andExpect(status().isNotFound());
        as(stranger, json(put(path), body("[]")).header("If-Match", "*")).andExpect(status().isNotFound());
        as(stranger, json(post(path + "/submission"), "{}")).andExpect(status().isNotFound());
        as(stranger, json(post(path + "/approval"), "{}")).andExpect(status().isNotFound());
        as(stranger, json(post(path + "/return"), "{\"comment\":\"?\"}")).andExpect(status().isNotFound());
        as(stranger, get("/api/v1/reports")).andExpect(jsonPath("$.total").value(0));
        as(stranger, json(put("/api/v1/reports/" + UUID.randomUUID()), body("[]")))
                .andExpect(status().isForbidden());
        as(TOKENS.forged(ACCOUNT), get(path)).andExpect(status().isUnauthorized());
        as(TOKENS.expired(ACCOUNT), get(path)).andExpect(status().isUnauthorized());
        mvc.perform(get(path)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/v1/reports")).andExpect(status().isUnauthorized());
        mvc.perform(json(put(path), body("[]"))).andExpect(status().isUnauthorized());
    }

    @Test
    void aRepresentativeDoesNotApproveAndAReviewerDoesNotFillIn() throws Exception {
        submitted();
        String path = "/api/v1/reports/" + report;
        as(representative(), json(post(path + "/approval"), "{}")).andExpect(status().isForbidden());
        as(reviewer(), json(put(path), body("[]")).header("If-Match", "*")).andExpect(status().isForbidden());
        as(reviewer(), get(path)).andExpect(status().isOk());
        as(TOKENS.administrator(ACCOUNT), json(post(path + "/approval"), "{}"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value(endsWith("/problems/own-report")));
    }

    @Test
    void aProgramReportsForItsOwnCooperativeWithinItsScopes() throws Exception {
        UUID program = UUID.randomUUID();
        String path = "/api/v1/reports/" + report;
        as(TOKENS.program(program, cooperative, "gatherings:write"), json(put(path), body(VALUES)))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value(endsWith("/scope-missing")));
        as(TOKENS.program(program, UUID.randomUUID(), "impact:write"), json(put(path), body(VALUES)))
                .andExpect(status().isForbidden());
        as(TOKENS.program(program, cooperative, "impact:write"), json(put(path), body(VALUES)))
                .andExpect(status().isCreated());
        as(TOKENS.program(program, cooperative, "impact:write"), post(path + "/submission"))
                .andExpect(status().isCreated());
        as(TOKENS.program(program, cooperative, "impact:write"), post(path + "/approval"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value(endsWith("/scope-missing")));
        as(TOKENS.program(program, cooperative, "impact:review"), post(path + "/approval"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value(endsWith("/not-allowed")));
    }

    @Test
    void aReviewerDoesNotSeeADraft() throws Exception {
        created();
        as(reviewer(), get("/api/v1/reports/" + report)).andExpect(status().isNotFound());
        as(reviewer(), get("/api/v1/reports")).andExpect(jsonPath("$.total").value(0));
        as(reviewer(), get("/api/v1/reports?state=DRAFT"))
                .andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void anAppointmentThatWasHeardCountsThoughTheTokenLagsAndADismissalThoughTheTokenStillNamesIt() throws Exception {
        UUID account = UUID.randomUUID();
        representation(account, "APPOINTED", 1);
        as(TOKENS.account(account), json(put("/api/v1/reports/" + report), body(VALUES)))
                .andExpect(status().isCreated());
        representation(account, "DISMISSED", 2);
        as(TOKENS.representative(account, cooperative), get("/api/v1/reports/" + report))
                .andExpect(status().isNotFound());
    }

    private void representation(UUID account, String state, long sequence) {
        UUID id = Ids.derived("representation", cooperative.toString(), account.toString());
        knownRepresentationView.apply(ContractAssertions.received(
                "directory.representation.restated.v1", id, sequence, representation(id, cooperative, account, state)));
    }

    private static String representation(UUID id, UUID organisation, UUID account, String state) {
        return """
                {"state": {"id": "%s", "organisation": "%s", "account": "%s", "role": "REPRESENTATIVE",
                  "state": "%s"}, "fact": {}}""".formatted(id, organisation, account, state);
    }

    @Test
    void waitsForWhatWasNotHeardOfBeforeItRefuses() throws Exception {
        UUID unheard = UUID.randomUUID();
        as(
                        TOKENS.representative(ACCOUNT, unheard),
                        json(
                                put("/api/v1/reports/" + report),
                                body("[]").replace(cooperative.toString(), unheard.toString())))
                .andExpect(status().isConflict())
                .andExpect(header().string("Retry-After", "1"));
        heardOf(unheard, "SUPPORTER", "VERIFIED", "TR-16", 1);
        as(
                        TOKENS.representative(ACCOUNT, unheard),
                        json(
                                put("/api/v1/reports/" + report),
                                body("[]").replace(cooperative.toString(), unheard.toString())))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/organisation"));
    }

    @Test
    void aCooperativeNotVerifiedYetMayDraftButNotSubmit() throws Exception {
        heardOf(cooperative, "COOPERATIVE", "SUBMITTED", "TR-16", 2);
        created();
        as(representative(), json(post("/api/v1/reports/" + report + "/submission"), "{}"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value(endsWith("/problems/organisation-not-verified")));
    }

    @Test
    void listsPageByPageNewestYearFirst() throws Exception {
        for (String year : List.of("2022", "2024", "2023")) {
            as(
                            representative(),
                            json(
                                    put("/api/v1/reports/" + UUID.randomUUID()),
                                    body(VALUES).replace("2025", year)))
                    .andExpect(status().isCreated());
        }
        String first = as(representative(), get("/api/v1/reports?limit=2"))
                .andExpect(jsonPath("$.total").value(3))
                .andExpect(jsonPath("$.items[0].period").value("2024"))
                .andExpect(jsonPath("$.items[1].period").value("2023"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String next = com.jayway.jsonpath.JsonPath.read(first, "$.next");
        as(representative(), get(next))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].period").value("2022"))
                .andExpect(jsonPath("$.next").doesNotExist());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/reports?limit=0",
                "/api/v1/reports?limit=201",
                "/api/v1/reports?cursor=%25",
                "/api/v1/reports?cursor=eA",
                "/api/v1/reports?state=GONE",
                "/api/v1/reports?organisation=x",
                "/api/v1/reports?colour=red",
                "/api/v1/reports/x",
                "/api/v1/results?by=sector",
                "/api/v1/results?period=last",
                "/api/v1/results?q=1"
            })
    void answersABadAddressWith400(String path) throws Exception {
        as(representative(), get(java.net.URI.create(path))).andExpect(status().isBadRequest());
    }

    @Test
    void addsUpByRegionWithCoverageAndHidesAFewPeople() throws Exception {
        approved();
        report("TR-35", 300, 120);
        report("TR-10", 40, 3);
        heardOf(UUID.randomUUID(), "COOPERATIVE", "VERIFIED", "TR-06", 1);
        heardOf(UUID.randomUUID(), "COOPERATIVE", "SUBMITTED", "TR-06", 1);
        heardOf(UUID.randomUUID(), "SUPPORTER", "VERIFIED", "TR-06", 1);
        UUID younger = UUID.randomUUID();
        knownOrganisationView.apply(ContractAssertions.received(
                "directory.organisation.restated.v1",
                younger,
                1,
                organisation(younger, "COOPERATIVE", "VERIFIED", "TR-06")
                        .replace("\"sdgs\": []", "\"sdgs\": [], \"founded\": 2026")));

        mvc.perform(get("/api/v1/results?by=region&period=2025"))
                .andExpect(jsonPath("$.total").value(4))
                .andExpect(jsonPath("$.items[0].region").value("TR-06"))
                .andExpect(jsonPath("$.items[0].coverage.reported").value(0))
                .andExpect(jsonPath("$.items[0].coverage.of").value(1))
                .andExpect(jsonPath("$.items[0].values[0].value").doesNotExist())
                .andExpect(jsonPath("$.items[0].values[0].suppressed").value(false))
                .andExpect(jsonPath("$.items[1].region").value("TR-10"))
                .andExpect(jsonPath("$.items[1].values[0].value").value(40))
                .andExpect(jsonPath("$.items[1].values[1].value").doesNotExist())
                .andExpect(jsonPath("$.items[1].values[1].suppressed").value(true))
                .andExpect(jsonPath("$.items[2].values[1].suppressed").value(true))
                .andExpect(jsonPath("$.items[3].values[1].value").value(120));
        mvc.perform(get("/api/v1/results?period=2025&region=TR-10"))
                .andExpect(jsonPath("$.items[0].values[1].suppressed").value(true));
        mvc.perform(get("/api/v1/results?by=period"))
                .andExpect(jsonPath("$.items[0].period").value("2025"))
                .andExpect(jsonPath("$.items[0].coverage.of").value(4))
                .andExpect(jsonPath("$.items[0].values[0].value").value(411));
    }

    @Test
    void listsTheRegionsInTheReadersAlphabet() throws Exception {
        UUID regions = KnownCodeLists.idOf("regions");
        knownCodeListView.apply(
                ContractAssertions.received("directory.code-list.changed.v1", regions, 1, """
                {"state": {"id": "%s", "name": "regions", "codes": [
                  {"code": "TR-17", "labels": {"tr": "Çanakkale"}, "active": true},
                  {"code": "TR-67", "labels": {"tr": "Zonguldak"}, "active": true}]}, "fact": {"codes": []}}""".formatted(regions)));
        report("TR-67", 40, 20);
        report("TR-17", 40, 20);

        mvc.perform(get("/results").accept("text/html").header("Accept-Language", "tr"))
                .andExpect(content().string(stringContainsInOrder("<tbody", "Çanakkale", "Zonguldak")));
    }

    private void report(String region, int members, int women) throws Exception {
        UUID organisation = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        String token = TOKENS.representative(ACCOUNT, organisation);
        heardOf(organisation, "COOPERATIVE", "VERIFIED", region, 1);
        String values =
                "[{\"indicator\":\"M01\",\"value\":%d},{\"indicator\":\"M02\",\"value\":%d}]".formatted(members, women);
        as(
                        token,
                        json(
                                put("/api/v1/reports/" + id),
                                body(values).replace(cooperative.toString(), organisation.toString())))
                .andExpect(status().isCreated());
        as(token, json(post("/api/v1/reports/" + id + "/submission"), "{}")).andExpect(status().isCreated());
        as(reviewer(), json(post("/api/v1/reports/" + id + "/approval"), "{}")).andExpect(status().isCreated());
    }

    @Test
    void takesEveryMessageOfTheTopicsItReads() {
        UUID organisation = UUID.randomUUID();
        for (var message : ContractAssertions.allReceived("directory.organisation.v1", organisation)) {
            assertThat(knownOrganisationView.apply(message)).isTrue();
            assertThat(knownOrganisationView.apply(message)).isFalse();
        }
        UUID representation = UUID.randomUUID();
        for (var message : ContractAssertions.allReceived("directory.representation.v1", representation)) {
            assertThat(knownRepresentationView.apply(message)).isTrue();
            assertThat(knownRepresentationView.apply(message)).isFalse();
        }
    }

    @Test
    void hearsOfACooperativeOverTheBrokerAndTellsOfItsReport() throws Exception {
        UUID organisation = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        UUID representation = Ids.derived("representation", organisation.toString(), account.toString());
        try (var broker = new TestBroker()) {
            broker.send(
                    "directory.organisation.v1",
                    "directory.organisation.verified.v1",
                    organisation,
                    2,
                    organisation(organisation, "COOPERATIVE", "VERIFIED", "TR-16"));
            broker.send(
                    "directory.representation.v1",
                    "directory.representation.appointed.v1",
                    representation,
                    1,
                    representation(representation, organisation, account, "APPOINTED"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> knownOrganisationView.find(organisation).isPresent()
                            && knownRepresentationView.find(representation).isPresent());

            String content = body(VALUES).replace(cooperative.toString(), organisation.toString());
            as(TOKENS.account(account), json(put("/api/v1/reports/" + report), content))
                    .andExpect(status().isCreated());
            as(TOKENS.account(account), json(post("/api/v1/reports/" + report + "/submission"), "{}"))
                    .andExpect(status().isCreated());
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(broker.records("impact.report.v1", report))
                            .singleElement()
                            .satisfies(sent -> {
                                assertThat(TestBroker.header(sent, "ce_type")).isEqualTo("impact.report.submitted.v1");
                                ContractAssertions.assertMatchesSchema(
                                        "impact.report.submitted.v1", new String(sent.value(), UTF_8));
                            }));
        }
    }

    @Test
    void everyHotQueryUsesAnIndex() {
        var states = List.of("DRAFT", "SUBMITTED", "RETURNED", "APPROVED");
        mongo.getCollection("reports")
                .insertMany(java.util.stream.IntStream.range(0, 1_000)
                        .mapToObj(i -> new Document("_id", UUID.randomUUID())
                                .append("organisation", UUID.randomUUID())
                                .append("period", String.valueOf(2020 + i % 6))
                                .append("state", states.get(i % 4)))
                        .toList());
        assertIndexed("reports", "results", Map.of("state", "APPROVED", "period", "2025"), Map.of());
        assertIndexed("reports", "claim", Map.of("organisation", cooperative, "period", "2025"), Map.of());
        assertIndexed(
                "reports",
                "review",
                Map.of("state", new Document("$in", List.of("SUBMITTED", "RETURNED", "APPROVED"))),
                new Document("period", -1).append("_id", 1));
        assertIndexed(
                "reports",
                "own",
                Map.of(
                        "$or",
                        List.of(
                                new Document(
                                        "state", new Document("$in", List.of("SUBMITTED", "RETURNED", "APPROVED"))),
                                new Document("organisation", new Document("$in", List.of(cooperative, report))))),
                new Document("period", -1).append("_id", 1));
        assertIndexed(
                "known_organisations",
                "coverage",
                Map.of("state.type", "COOPERATIVE", "state.state", "VERIFIED"),
                Map.of());
    }

    private void assertIndexed(String collection, String index, Map<String, ?> filter, Map<String, ?> sort) {
        Document plan = mongo.executeCommand(new Document(
                "explain",
                new Document("find", collection)
                        .append("filter", new Document(filter))
                        .append("sort", new Document(sort))
                        .append("limit", 50)));
        assertThat(plan.get("queryPlanner", Document.class)
                        .get("winningPlan", Document.class)
                        .toJson())
                .contains("\"indexName\": \"" + index + "\"")
                .doesNotContain("COLLSCAN")
                .doesNotContain("\"SORT\"");
    }

    @Test
    void theFormKeepsWhatWasTypedAndSaysWhatIsWrong() throws Exception {
        as(representative(), get("/reports/new").accept("text/html"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Yeni etki raporu")))
                .andExpect(content().string(containsString("Tomurcuk Kooperatifi")));
        as(
                        representative(),
                        post("/reports/new")
                                .accept("text/html")
                                .param("id", report.toString())
                                .param("organisation", cooperative.toString())
                                .param("period", "2025")
                                .param("values.M01.value", "31")
                                .param("values.M02.value", "33")
                                .param("step", "submit"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"#f-values-M02-value\"")))
                .andExpect(content().string(containsString("value=\"33\"")))
                .andExpect(content().string(containsString("En çok 31 yazabilirsiniz")));
        as(
                        representative(),
                        post("/reports/new")
                                .accept("text/html")
                                .param("id", report.toString())
                                .param("organisation", cooperative.toString())
                                .param("period", "2025")
                                .param("values.M01.value", "1.031")
                                .param("step", "submit"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", endsWith("/reports/" + report + "?done=submitted")));
        as(representative(), get("/reports/" + report + "?done=submitted").accept("text/html"))
                .andExpect(content().string(containsString("Raporunuz gönderildi")))
                .andExpect(content().string(containsString("1.031")))
                .andExpect(content().string(containsString("Bildirilmedi")));
        as(
                        reviewer(),
                        post("/reports/" + report + "/return")
                                .accept("text/html")
                                .param("comment", " "))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"#f-comment\"")));
        as(reviewer(), post("/reports/" + report + "/approval").accept("text/html"))
                .andExpect(status().isSeeOther());
    }

    @Test
    void aFormSentTwiceByTwoPeopleKeepsBothFromLosingTheirWords() throws Exception {
        created();
        as(
                        representative(),
                        post("/reports/" + report)
                                .accept("text/html")
                                .param("version", "7")
                                .param("values.M01.value", "99")
                                .param("step", "save"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("value=\"99\"")))
                .andExpect(content().string(containsString("Bu arada bir başkası raporu değiştirdi")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void everyPageIsThereInEveryLanguage(String language) throws Exception {
        approved();
        UUID draft = UUID.randomUUID();
        as(representative(), json(put("/api/v1/reports/" + draft), body(VALUES).replace("2025", "2024")))
                .andExpect(status().isCreated());
        for (String path : List.of(
                "/results",
                "/results?period=2025&region=TR-16",
                "/fragments/results/totals",
                "/reports",
                "/reports/new",
                "/reports/" + report,
                "/reports/" + draft,
                "/fragments/reports/desk")) {
            String page = mvc.perform(get(path)
                            .accept("text/html")
                            .header("Authorization", representative())
                            .header("Accept-Language", language))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(page).as(path).doesNotContain("??").doesNotContain("th:").doesNotContain("style=");
        }
    }

    @Test
    void asksWhoIsNotSignedInToDoSo() throws Exception {
        mvc.perform(get("/reports").accept("text/html").header("Accept-Language", "tr"))
                .andExpect(status().isUnauthorized())
                .andExpect(content().string(containsString("/sign-in?return=%2Freports")));
    }
}
