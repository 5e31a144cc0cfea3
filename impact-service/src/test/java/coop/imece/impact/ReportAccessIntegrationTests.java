package coop.imece.impact;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.AccessMatrix;
import coop.imece.platform.test.AccessMatrix.Attempt;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// Who gets what from reports: by role in the cooperative, whether the token or the view knows of it.
@ServiceTest
class ReportAccessIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("impact-service");
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private static final String COMMENT = "{\"comment\":\"?\"}";

    /// Of a `newcomer`, a reporter, the token does not know yet; of `demoted` (to a viewer) and `dismissed` it
    /// still says that they represent the organisation.
    private static final String API = """
            |                                         | anyone | person | viewer | reporter | editor | represents | newcomer | demoted | dismissed | stranger | reviewer | administrator | program | unscoped |
            | GET /indicators                         | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200     | 200       | 200      | 200      | 200           | 200     | 200      |
            | GET /results                            | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200     | 200       | 200      | 200      | 200           | 200     | 200      |
            | GET /reports how many drafts            | 401    | 0      | 1      | 1        | 1      | 1          | 1        | 1       | 0         | 0        | 0        | 0             | 1       | 1        |
            | GET /reports how many submitted         | 401    | 0      | 1      | 1        | 1      | 1          | 1        | 1       | 0         | 0        | 1        | 1             | 1       | 1        |
            | GET /reports/{id} draft                 | 401    | 404    | 200    | 200      | 200    | 200        | 200      | 200     | 404       | 404      | 404      | 404           | 200     | 200      |
            | GET /reports/{id} submitted             | 401    | 404    | 200    | 200      | 200    | 200        | 200      | 200     | 404       | 404      | 200      | 200           | 200     | 200      |
            | PUT /reports/{id} new                   | 401    | 403    | 403    | 201      | 403    | 201        | 201      | 403     | 403       | 403      | 403      | 403           | 201     | 403      |
            | PUT /reports/{id} draft                 | 401    | 404    | 403    | 200      | 403    | 200        | 200      | 403     | 404       | 404      | 404      | 404           | 200     | 403      |
            | PUT /reports/{id} submitted             | 401    | 404    | 403    | 409      | 403    | 409        | 409      | 403     | 404       | 404      | 403      | 403           | 409     | 403      |
            | PATCH /reports/{id} draft               | 401    | 404    | 403    | 200      | 403    | 200        | 200      | 403     | 404       | 404      | 404      | 404           | 200     | 403      |
            | PATCH /reports/{id} submitted           | 401    | 404    | 403    | 409      | 403    | 409        | 409      | 403     | 404       | 404      | 403      | 403           | 409     | 403      |
            | POST /reports/{id}/submission draft     | 401    | 404    | 403    | 201      | 403    | 201        | 201      | 403     | 404       | 404      | 404      | 404           | 201     | 403      |
            | POST /reports/{id}/submission submitted | 401    | 404    | 403    | 200      | 403    | 200        | 200      | 403     | 404       | 404      | 403      | 403           | 200     | 403      |
            | POST /reports/{id}/return draft         | 401    | 404    | 403    | 403      | 403    | 403        | 403      | 403     | 404       | 404      | 404      | 404           | 403     | 403      |
            | POST /reports/{id}/return submitted     | 401    | 404    | 403    | 403      | 403    | 403        | 403      | 403     | 404       | 404      | 201      | 201           | 403     | 403      |
            | POST /reports/{id}/approval draft       | 401    | 404    | 403    | 403      | 403    | 403        | 403      | 403     | 404       | 404      | 404      | 404           | 403     | 403      |
            | POST /reports/{id}/approval submitted   | 401    | 404    | 403    | 403      | 403    | 403        | 403      | 403     | 404       | 404      | 201      | 201           | 403     | 403      |
            """;

    private static final String PAGES = """
            |                                       | anyone | person | viewer | reporter | editor | represents | stranger | reviewer | administrator | program |
            | POST /reports/new                     | 401    | 403    | 403    | 303      | 403    | 303        | 403      | 403      | 403           | 403     |
            | POST /reports/new over another        | 401    | 404    | 403    | 428      | 403    | 428        | 404      | 404      | 404           | 403     |
            | POST /reports/{id} draft              | 401    | 404    | 403    | 303      | 403    | 303        | 404      | 404      | 404           | 403     |
            | POST /reports/{id} submitted          | 401    | 404    | 403    | 409      | 403    | 409        | 404      | 403      | 403           | 403     |
            | POST /reports/{id}/return draft       | 401    | 404    | 403    | 403      | 403    | 403        | 404      | 404      | 404           | 403     |
            | POST /reports/{id}/return submitted   | 401    | 404    | 403    | 403      | 403    | 403        | 404      | 303      | 303           | 403     |
            | POST /reports/{id}/approval draft     | 401    | 404    | 403    | 403      | 403    | 403        | 404      | 404      | 404           | 403     |
            | POST /reports/{id}/approval submitted | 401    | 404    | 403    | 403      | 403    | 403        | 404      | 303      | 303           | 403     |
            """;

    @LocalServerPort
    int port;

    private final MockMvc http;
    private final MongoOperations mongo;
    private final View<?> organisations;
    private final View<?> representations;
    private final RequestMappingHandlerMapping mappings;
    private final UUID member = UUID.randomUUID();
    private UUID cooperative = member;
    private UUID report = member;

    @Autowired
    ReportAccessIntegrationTests(
            MockMvc http,
            MongoOperations mongo,
            @Qualifier("knownOrganisationView") View<?> organisations,
            @Qualifier("knownRepresentationView") View<?> representations,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.http = http;
        this.mongo = mongo;
        this.organisations = organisations;
        this.representations = representations;
        this.mappings = mappings;
    }

    @BeforeEach
    void aDraftOfACooperative() throws Exception {
        Filed filed = drafted();
        report = filed.id();
        cooperative = filed.cooperative();
    }

    private static String owner(UUID cooperative) {
        return TOKENS.representative(UUID.randomUUID(), cooperative);
    }

    private void heard(UUID account, UUID organisation, String role, String state) {
        UUID id = Ids.derived("representation", organisation.toString(), account.toString());
        representations.apply(ContractAssertions.received(
                "directory.representation.restated.v1", id, SEQUENCE.incrementAndGet(), """
                        {"state": {"id": "%s", "organisation": "%s", "account": "%s", "role": "%s",
                          "state": "%s"}, "fact": {}}""".formatted(
                                id, organisation, account, role, state)));
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatTheTableSays() throws Exception {
        return AccessMatrix.ofApi(port, API)
                .callers(TOKENS)
                .caller("newcomer", (own, operation) -> heardOf(own, "REPORTER", "APPOINTED", TOKENS::account))
                .caller("demoted", (own, operation) -> heardOf(own, "VIEWER", "APPOINTED", represents(own)))
                .caller("dismissed", (own, operation) -> heardOf(own, "REPORTER", "DISMISSED", represents(own)))
                .row("GET /indicators", () -> Attempt.at("/api/v1/indicators"))
                .row("GET /results", () -> Attempt.at("/api/v1/results"))
                .row("GET /reports how many drafts", () -> listed(drafted()))
                .row("GET /reports how many submitted", () -> listed(submitted()))
                .row("GET /reports/{id} draft", () -> seen(drafted()))
                .row("GET /reports/{id} submitted", () -> seen(submitted()))
                .row("PUT /reports/{id} new", () -> {
                    var fresh = new Filed(UUID.randomUUID(), knownCooperative());
                    return Attempt.create("/api/v1/reports/" + fresh.id())
                            .of(fresh.cooperative())
                            .sending(body(fresh.cooperative(), 72))
                            .watching(() -> mongo.findById(fresh.id(), Document.class, "reports") == null);
                })
                .row("PUT /reports/{id} draft", () -> written(drafted()))
                .row("PUT /reports/{id} submitted", () -> written(submitted()))
                .row("PATCH /reports/{id} draft", () -> changed(drafted()))
                .row("PATCH /reports/{id} submitted", () -> changed(submitted()))
                .row(
                        "POST /reports/{id}/submission draft",
                        () -> attempt(drafted(), "/api/v1/reports/%s/submission", "{}"))
                .row(
                        "POST /reports/{id}/submission submitted",
                        () -> attempt(submitted(), "/api/v1/reports/%s/submission", "{}"))
                .row("POST /reports/{id}/return draft", () -> attempt(drafted(), "/api/v1/reports/%s/return", COMMENT))
                .row(
                        "POST /reports/{id}/return submitted",
                        () -> attempt(submitted(), "/api/v1/reports/%s/return", COMMENT))
                .row("POST /reports/{id}/approval draft", () -> attempt(drafted(), "/api/v1/reports/%s/approval", "{}"))
                .row(
                        "POST /reports/{id}/approval submitted",
                        () -> attempt(submitted(), "/api/v1/reports/%s/approval", "{}"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsFromFormsWhatTheTableSays() throws Exception {
        return AccessMatrix.ofPages(port, mappings, "coop.imece.impact", PAGES)
                .callers(TOKENS)
                .row("POST /reports/new", () -> {
                    var fresh = new Filed(UUID.randomUUID(), knownCooperative());
                    return Attempt.at("/reports/new")
                            .of(fresh.cooperative())
                            .sending(fresh.form())
                            .watching(() -> mongo.findById(fresh.id(), Document.class, "reports") == null);
                })
                .row("POST /reports/new over another", () -> {
                    Filed there = drafted();
                    return Attempt.at("/reports/new")
                            .of(there.cooperative())
                            .sending(there.form())
                            .watching(() -> stored(there.id()));
                })
                .row(
                        "POST /reports/{id} draft",
                        () -> attempt(drafted(), "/reports/%s", "version=0&values.M01.value=72"))
                .row(
                        "POST /reports/{id} submitted",
                        () -> attempt(submitted(), "/reports/%s", "version=1&values.M01.value=72"))
                .row("POST /reports/{id}/return draft", () -> attempt(drafted(), "/reports/%s/return", "comment=hm"))
                .row(
                        "POST /reports/{id}/return submitted",
                        () -> attempt(submitted(), "/reports/%s/return", "comment=hm"))
                .row("POST /reports/{id}/approval draft", () -> attempt(drafted(), "/reports/%s/approval", ""))
                .row("POST /reports/{id}/approval submitted", () -> attempt(submitted(), "/reports/%s/approval", ""))
                .tests();
    }

    /// Somebody of whom this service heard something else than the gateway knows.
    private String heardOf(UUID own, String role, String state, Function<UUID, String> token) {
        UUID account = UUID.randomUUID();
        heard(account, own, role, state);
        return token.apply(account);
    }

    private static Function<UUID, String> represents(UUID own) {
        return account -> TOKENS.representative(account, own);
    }

    /// A report and whose it is.
    private record Filed(UUID id, UUID cooperative) {

        String form() {
            return "id=%s&period=2025&values.M01.value=72&organisation=%s".formatted(id, cooperative);
        }
    }

    @Test
    void aViewerReadsADraftAndIsOfferedNoForm() throws Exception {
        heard(member, cooperative, "VIEWER", "APPOINTED");

        as(TOKENS.account(member), get("/reports/" + report).accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Tomurcuk Kooperatifi")))
                .andExpect(content().string(not(containsString("values.M01.value"))));
        as(TOKENS.account(member), get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Tomurcuk Kooperatifi")))
                .andExpect(content().string(not(containsString("/reports/new"))));
    }

    @Test
    void theDeskSaysWhichReportIsDueAndOnlyForTheChosenCooperative() throws Exception {
        UUID other = knownCooperative();
        String year = Year.now(ZoneOffset.UTC).minusYears(1).toString();
        String both = TOKENS.representative(member, cooperative, other);
        String chosen = TOKENS.workingFor(other, member, cooperative, other);
        String begin = "/reports/new?period=" + year + "&amp;organisation=" + other;

        as(both, get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("/reports/" + report)))
                .andExpect(content().string(containsString(begin)));
        as(chosen, get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString(begin)))
                .andExpect(content().string(not(containsString("/reports/" + report))));

        UUID id = UUID.randomUUID();
        sent(both, put("/api/v1/reports/" + id), body(other, year, 71)).andExpect(status().isCreated());
        as(chosen, get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString(year + " raporunun zamanı geldi")))
                .andExpect(content().string(not(containsString(begin))));
        sent(both, post("/api/v1/reports/" + id + "/submission"), "{}").andExpect(status().isCreated());
        as(chosen, get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("/reports/" + id)))
                .andExpect(content().string(not(containsString("raporunun zamanı geldi"))));
    }

    @Test
    void theDeskAsksNothingForAYearBeforeTheCooperativeWasFounded() throws Exception {
        int thisYear = Year.now(ZoneOffset.UTC).getValue();

        as(TOKENS.representative(member, cooperativeFounded(thisYear - 1)), get("/fragments/reports/desk"))
                .andExpect(content().string(containsString("raporunun zamanı geldi")));
        as(TOKENS.representative(member, cooperativeFounded(thisYear)), get("/fragments/reports/desk"))
                .andExpect(content().string(not(containsString("raporunun zamanı geldi"))));
    }

    @Test
    void offersTheCooperativesInTheReadersAlphabet() throws Exception {
        UUID last = cooperative("Zeytin Kooperatifi", 2019);
        UUID first = cooperative("Çınar Kooperatifi", 2019);

        as(TOKENS.representative(member, last, first), get("/reports/new").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(stringContainsInOrder("Çınar Kooperatifi", "Zeytin Kooperatifi")));
    }

    @Test
    void aDismissedOneIsOfferedNoCooperativeToReportFor() throws Exception {
        heard(member, cooperative, "REPORTER", "DISMISSED");

        as(TOKENS.member(member, cooperative, "REPORTER"), get("/reports/new").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("Tomurcuk Kooperatifi"))));
    }

    /// The cooperative's program, or a colleague, submitted it.
    @ParameterizedTest
    @ValueSource(strings = {"REPRESENTATIVE", "EDITOR", "REPORTER", "VIEWER"})
    void aReviewerWithARoleInTheCooperativeDoesNotReviewItsReports(String role) throws Exception {
        Filed filed = submitted();
        heard(member, filed.cooperative(), role, "APPOINTED");
        String path = "/reports/" + filed.id();

        for (String prefix : List.of("/api/v1", "")) {
            sent(TOKENS.reviewer(member), post(prefix + path + "/approval"), "{}")
                    .andExpect(status().isForbidden())
                    .andExpect(content().string(containsString("Onu bir başkası onaylamalı")));
        }
        sent(TOKENS.administrator(member), post("/api/v1" + path + "/return"), COMMENT)
                .andExpect(status().isForbidden())
                .andExpect(content().string(containsString("/problems/own-report")));
        as(TOKENS.reviewer(member), get(path).accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("Bu rapor sizin")))
                .andExpect(content().string(not(containsString(path + "/approval"))));

        heard(member, filed.cooperative(), role, "DISMISSED");
        as(TOKENS.reviewer(member), get(path).accept(MediaType.TEXT_HTML))
                .andExpect(content().string(not(containsString("Bu rapor sizin"))))
                .andExpect(content().string(containsString(path + "/approval")));
        sent(TOKENS.reviewer(member), post("/api/v1" + path + "/approval"), "{}")
                .andExpect(status().isCreated());
    }

    @Test
    void aReviewerFindsTheDraftsOfTheirOwnCooperativeAmongWhatWasSubmitted() throws Exception {
        heard(member, cooperative, "REPORTER", "APPOINTED");
        Filed other = drafted();
        Filed submitted = submitted();

        as(TOKENS.reviewer(member), get("/api/v1/reports?limit=200"))
                .andExpect(content().string(containsString(report.toString())))
                .andExpect(content().string(containsString(submitted.id().toString())))
                .andExpect(content().string(not(containsString(other.id().toString()))));
        as(TOKENS.reviewer(member), get("/api/v1/reports?period=2025&state=DRAFT"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].id").value(report.toString()));
        as(TOKENS.reviewer(member), get("/reports?state=DRAFT").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("/reports?state=DRAFT")))
                .andExpect(content().string(containsString("/reports/" + report)));
        as(TOKENS.reviewer(UUID.randomUUID()), get("/reports").accept(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("/reports?state=APPROVED")))
                .andExpect(content().string(not(containsString("/reports?state=DRAFT"))));
    }

    @Test
    void aRoleNobodyKnowsHereIsNone() throws Exception {
        heard(member, cooperative, "ARCHIVIST", "APPOINTED");

        as(TOKENS.representative(member, cooperative), get("/api/v1/reports/" + report))
                .andExpect(status().isNotFound());
    }

    private UUID knownCooperative() {
        return cooperativeFounded(2019);
    }

    private UUID cooperativeFounded(int year) {
        return cooperative("Tomurcuk Kooperatifi", year);
    }

    private UUID cooperative(String name, int year) {
        UUID id = UUID.randomUUID();
        organisations.apply(ContractAssertions.received(
                "directory.organisation.restated.v1", id, SEQUENCE.incrementAndGet(), """
                        {"state": {"id": "%s", "type": "COOPERATIVE", "kind": "KGI",
                          "name": {"tr": {"text": "%s", "state": "SOURCE"}},
                          "place": {"country": "TR", "region": "TR-16"}, "state": "VERIFIED",
                          "languages": ["tr"], "sdgs": [], "founded": %d}, "fact": {}}""".formatted(id, name, year)));
        return id;
    }

    private Filed drafted() throws Exception {
        var filed = new Filed(UUID.randomUUID(), knownCooperative());
        sent(owner(filed.cooperative()), put("/api/v1/reports/" + filed.id()), body(filed.cooperative(), 71))
                .andExpect(status().isCreated());
        return filed;
    }

    private Filed submitted() throws Exception {
        Filed filed = drafted();
        sent(owner(filed.cooperative()), post("/api/v1/reports/" + filed.id() + "/submission"), "{}")
                .andExpect(status().isCreated());
        return filed;
    }

    private static Attempt listed(Filed filed) {
        return Attempt.at("/api/v1/reports?organisation=" + filed.cooperative())
                .of(filed.cooperative())
                .showing(
                        list -> JsonMapper.shared().readTree(list).path("total").asString());
    }

    private static Attempt seen(Filed filed) {
        return Attempt.at("/api/v1/reports/" + filed.id()).of(filed.cooperative());
    }

    private Attempt attempt(Filed filed, String path, String body) {
        return Attempt.at(path.formatted(filed.id()))
                .of(filed.cooperative())
                .sending(body)
                .watching(() -> stored(filed.id()));
    }

    private Attempt written(Filed filed) {
        return attempt(filed, "/api/v1/reports/%s", body(filed.cooperative(), 72));
    }

    private Attempt changed(Filed filed) {
        return attempt(filed, "/api/v1/reports/%s", "{\"values\":[{\"indicator\":\"M01\",\"value\":73}]}");
    }

    /// What is stored, apart from messages on their way: the relay takes them out at any moment.
    private Document stored(UUID report) {
        Document stored = Objects.requireNonNull(mongo.findById(report, Document.class, "reports"));
        stored.remove("outbox");
        return stored;
    }

    private ResultActions sent(String token, MockHttpServletRequestBuilder request, String body) throws Exception {
        return as(token, request.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions as(String token, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.header("Authorization", token).header("Accept-Language", "tr"));
    }

    private static String body(UUID cooperative, int members) {
        return body(cooperative, "2025", members);
    }

    private static String body(UUID cooperative, String year, int members) {
        return "{\"organisation\":\"%s\",\"period\":\"%s\",\"values\":[{\"indicator\":\"M01\",\"value\":%d}]}"
                .formatted(cooperative, year, members);
    }
}
