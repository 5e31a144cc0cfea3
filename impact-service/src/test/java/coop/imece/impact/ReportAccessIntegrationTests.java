package coop.imece.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.test.WritingEndpoints;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who gets what from reports: by role in the cooperative, whether the token or the view knows of it.
@ServiceTest
class ReportAccessIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("impact-service");
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final MockMvc http;
    private final MongoOperations mongo;
    private final View<?> organisations;
    private final View<?> representations;
    private final RequestMappingHandlerMapping mappings;
    private final UUID member = UUID.randomUUID();
    private final UUID cooperative = UUID.randomUUID();
    private final UUID report = UUID.randomUUID();

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
        organisations.apply(ContractAssertions.received(
                "directory.organisation.restated.v1", cooperative, SEQUENCE.incrementAndGet(), """
                        {"state": {"id": "%s", "type": "COOPERATIVE", "kind": "KGI",
                          "name": {"tr": {"text": "Tomurcuk Kooperatifi", "state": "SOURCE"}},
                          "place": {"country": "TR", "region": "TR-16"}, "state": "VERIFIED",
                          "languages": ["tr"], "sdgs": []}, "fact": {}}""".formatted(
                                cooperative)));
        sent(owner(), put("/api/v1/reports/" + report), body("2025")).andExpect(status().isCreated());
    }

    private String owner() {
        return TOKENS.representative(UUID.randomUUID(), cooperative);
    }

    private void heard(String role, String state) {
        UUID id = Ids.derived("representation", cooperative.toString(), member.toString());
        representations.apply(ContractAssertions.received(
                "directory.representation.restated.v1", id, SEQUENCE.incrementAndGet(), """
                        {"state": {"id": "%s", "organisation": "%s", "account": "%s", "role": "%s",
                          "state": "%s"}, "fact": {}}""".formatted(
                                id, cooperative, member, role, state)));
    }

    @ParameterizedTest
    @CsvSource({
        "REPRESENTATIVE, 200, 201, 201",
        "REPORTER, 200, 201, 201",
        "EDITOR, 200, 403, 403",
        "VIEWER, 200, 403, 403",
        "ARCHIVIST, 404, 403, 404"
    })
    void aRoleTheViewKnowsAllows(String role, int reading, int drafting, int submitting) throws Exception {
        heard(role, "APPOINTED");

        allows(TOKENS.account(member), reading, drafting, submitting);
    }

    @ParameterizedTest
    @CsvSource({
        "REPRESENTATIVE, 200, 201, 201",
        "REPORTER, 200, 201, 201",
        "EDITOR, 200, 403, 403",
        "VIEWER, 200, 403, 403",
        "ARCHIVIST, 404, 403, 404"
    })
    void aRoleOnlyTheTokenKnowsAllowsTheSame(String role, int reading, int drafting, int submitting) throws Exception {
        allows(TOKENS.member(member, cooperative, role), reading, drafting, submitting);
    }

    private void allows(String token, int reading, int drafting, int submitting) throws Exception {
        as(token, get("/api/v1/reports/" + report)).andExpect(status().is(reading));
        as(token, get("/api/v1/reports")).andExpect(jsonPath("$.total").value(reading == 200 ? 1 : 0));
        as(token, get("/api/v1/reports?organisation=" + cooperative))
                .andExpect(jsonPath("$.total").value(reading == 200 ? 1 : 0));
        sent(token, put("/api/v1/reports/" + UUID.randomUUID()), body("2024")).andExpect(status().is(drafting));
        sent(token, post("/api/v1/reports/" + report + "/submission"), "{}").andExpect(status().is(submitting));
        assertThat(stored().getString("state")).isEqualTo(submitting == 201 ? "SUBMITTED" : "DRAFT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPRESENTATIVE", "REPORTER", "VIEWER"})
    void aDismissalOutweighsTheToken(String role) throws Exception {
        heard(role, "DISMISSED");

        allows(TOKENS.member(member, cooperative, role), 404, 403, 404);
        as(TOKENS.member(member, cooperative, role), get("/reports/new").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("Tomurcuk Kooperatifi"))));
    }

    @Test
    void aDemotionOutweighsTheToken() throws Exception {
        heard("VIEWER", "APPOINTED");

        allows(TOKENS.representative(member, cooperative), 200, 403, 403);
    }

    @Test
    void aViewerReadsADraftAndIsOfferedNoForm() throws Exception {
        heard("VIEWER", "APPOINTED");

        as(TOKENS.account(member), get("/reports/" + report).accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Tomurcuk Kooperatifi")))
                .andExpect(content().string(not(containsString("values.M01.value"))));
        as(TOKENS.account(member), get("/fragments/reports/desk").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Tomurcuk Kooperatifi")))
                .andExpect(content().string(not(containsString("/reports/new"))));
    }

    /// Everything that changes something, as a stranger might send it, each once: what is missing here fails
    /// [#everyWritingEndpointIsTriedByAStranger].
    private static Map<String, String> writing() {
        return Map.of(
                "PUT /api/v1/reports/{id}", "{\"organisation\":\"{cooperative}\",\"period\":\"2025\",\"values\":[]}",
                "PATCH /api/v1/reports/{id}", "{\"values\":[]}",
                "POST /api/v1/reports/{id}/submission", "{}",
                "POST /api/v1/reports/{id}/return", "{\"comment\":\"?\"}",
                "POST /api/v1/reports/{id}/approval", "{}",
                "POST /reports/new", "id={id}&period=2025&values.M01.value=72&organisation={cooperative}",
                "POST /reports/{id}", "version=0&values.M01.value=72",
                "POST /reports/{id}/return", "comment=hm",
                "POST /reports/{id}/approval", "");
    }

    static Stream<String> everythingThatWrites() {
        return writing().keySet().stream().sorted();
    }

    @Test
    void everyWritingEndpointIsTriedByAStranger() {
        assertThat(WritingEndpoints.of(mappings, "coop.imece.impact"))
                .isEqualTo(writing().keySet());
    }

    @ParameterizedTest
    @MethodSource("everythingThatWrites")
    void aStrangerChangesNothing(String endpoint) throws Exception {
        String stranger = TOKENS.representative(UUID.randomUUID(), UUID.randomUUID());
        changesNothing(endpoint, stranger, 404);
        changesNothing(endpoint, null, 401);
        sent(owner(), post("/api/v1/reports/" + report + "/submission"), "{}").andExpect(status().isCreated());
        changesNothing(endpoint, stranger, 404);
        changesNothing(endpoint, null, 401);
    }

    private void changesNothing(String endpoint, @Nullable String token, int status) throws Exception {
        Document before = stored();
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        var request = request(HttpMethod.valueOf(method), path.replace("{id}", report.toString()))
                .header("If-Match", "*")
                .contentType(
                        !path.startsWith("/api/")
                                ? MediaType.APPLICATION_FORM_URLENCODED
                                : method.equals("PATCH")
                                        ? MediaType.parseMediaType("application/merge-patch+json")
                                        : MediaType.APPLICATION_JSON)
                .content(writing()
                        .get(endpoint)
                        .replace("{id}", report.toString())
                        .replace("{cooperative}", cooperative.toString()));
        (token == null ? http.perform(request) : as(token, request)).andExpect(status().is(status));
        assertThat(stored()).isEqualTo(before);
    }

    /// What is stored, apart from messages on their way: the relay takes them out at any moment.
    private Document stored() {
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

    private String body(String period) {
        return "{\"organisation\":\"" + cooperative + "\",\"period\":\"" + period
                + "\",\"values\":[{\"indicator\":\"M01\",\"value\":71}]}";
    }
}
