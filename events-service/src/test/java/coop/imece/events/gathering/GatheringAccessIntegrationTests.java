package coop.imece.events.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.events.Neighbourhood;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.test.WritingEndpoints;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who gets what from the calendar: by role in the organiser, whether the token or the view knows of it.
@ServiceTest
@Import(Neighbourhood.class)
class GatheringAccessIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");

    private final MockMvc http;
    private final Neighbourhood neighbourhood;
    private final Gatherings gatherings;
    private final MongoOperations mongo;
    private final RequestMappingHandlerMapping mappings;
    private final UUID member = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private UUID organiser = member;

    @Autowired
    GatheringAccessIntegrationTests(
            MockMvc http,
            Neighbourhood neighbourhood,
            Gatherings gatherings,
            MongoOperations mongo,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.http = http;
        this.neighbourhood = neighbourhood;
        this.gatherings = gatherings;
        this.mongo = mongo;
        this.mappings = mappings;
    }

    @BeforeEach
    void aDraftOfAVerifiedSupporter() {
        neighbourhood.hasCodeLists();
        organiser = neighbourhood.hasOrganisation("VERIFIED");
        gatherings.save(Gathering.draft(id, organiser, GatheringFixtures.NILUFER_NAME, GatheringFixtures.aFair()));
    }

    @ParameterizedTest
    @CsvSource({
        "REPRESENTATIVE, 200, 201, 201",
        "EDITOR, 200, 201, 201",
        "REPORTER, 200, 403, 403",
        "VIEWER, 200, 403, 403",
        "ARCHIVIST, 404, 403, 404"
    })
    void aRoleTheViewKnowsAllows(String role, int reading, int drafting, int publishing) throws Exception {
        neighbourhood.member(member, organiser, role, "APPOINTED");

        allows(TOKENS.account(member), reading, drafting, publishing);
    }

    @ParameterizedTest
    @CsvSource({
        "REPRESENTATIVE, 200, 201, 201",
        "EDITOR, 200, 201, 201",
        "REPORTER, 200, 403, 403",
        "VIEWER, 200, 403, 403",
        "ARCHIVIST, 404, 403, 404"
    })
    void aRoleOnlyTheTokenKnowsAllowsTheSame(String role, int reading, int drafting, int publishing) throws Exception {
        allows(TOKENS.member(member, organiser, role), reading, drafting, publishing);
    }

    private void allows(String token, int reading, int drafting, int publishing) throws Exception {
        http.perform(get("/api/v1/gatherings/{id}", id).header("Authorization", token))
                .andExpect(status().is(reading));
        http.perform(get("/api/v1/gatherings")
                        .param("state", "DRAFT")
                        .param("organiser", organiser.toString())
                        .header("Authorization", token))
                .andExpect(status().is(reading == 404 ? 403 : reading));
        http.perform(sent(put("/api/v1/gatherings/{id}", UUID.randomUUID()), token, fair()))
                .andExpect(status().is(drafting));
        http.perform(sent(post("/api/v1/gatherings/{id}/publication", id), token, "{\"notify\":false}"))
                .andExpect(status().is(publishing));
        assertThat(gatherings.findById(id).orElseThrow().state())
                .isEqualTo(publishing == 201 ? GatheringState.ANNOUNCED : GatheringState.DRAFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPORTER", "VIEWER", "ARCHIVIST"})
    void aLesserRoleChangesAndCancelsNothingThatIsAnnounced(String role) throws Exception {
        announced();
        neighbourhood.member(member, organiser, role, "APPOINTED");
        String token = TOKENS.account(member);

        http.perform(sent(put("/api/v1/gatherings/{id}", id), token, fair())).andExpect(status().isForbidden());
        http.perform(sent(post("/api/v1/gatherings/{id}/cancellation", id), token, "{\"reason\":{\"tr\":\"Fırtına\"}}"))
                .andExpect(status().isForbidden());
        http.perform(get("/fragments/gatherings/{id}/broadcasts", id).header("Authorization", token))
                .andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPRESENTATIVE", "EDITOR", "VIEWER"})
    void aDismissalOutweighsTheToken(String role) throws Exception {
        neighbourhood.member(member, organiser, role, "DISMISSED");

        allows(TOKENS.member(member, organiser, role), 404, 403, 404);
    }

    @Test
    void aDemotionOutweighsTheToken() throws Exception {
        neighbourhood.member(member, organiser, "VIEWER", "APPOINTED");

        allows(TOKENS.representative(member, organiser), 200, 403, 403);
    }

    @Test
    void aViewerReadsDraftsOnPagesAndIsOfferedNoSteps() throws Exception {
        neighbourhood.member(member, organiser, "VIEWER", "APPOINTED");
        String token = TOKENS.account(member);

        http.perform(page("/fragments/gatherings/desk", token))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Nilüfer Üretici Fuarı")))
                .andExpect(content().string(not(containsString("/gatherings/new"))));
        http.perform(page("/gatherings/" + id, token))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Nilüfer Üretici Fuarı")))
                .andExpect(content().string(not(containsString("/gatherings/" + id + "/edit"))));
        http.perform(page("/gatherings/" + id + "/edit", token)).andExpect(status().isForbidden());
    }

    /// Everything that changes something, as a stranger might send it, each once: what is missing here fails
    /// [#everyWritingEndpointIsTriedByAStranger].
    private static Map<String, String> writing() {
        return Map.of(
                "PUT /api/v1/gatherings/{id}", "{\"kind\":\"TRAINING\"}",
                "PATCH /api/v1/gatherings/{id}", "{\"kind\":\"TRAINING\"}",
                "POST /api/v1/gatherings/{id}/publication", "{\"notify\":true}",
                "POST /api/v1/gatherings/{id}/cancellation", "{\"reason\":{\"tr\":\"Fırtına\"}}",
                "POST /gatherings/new", "id={id}&kind=TRAINING",
                "POST /gatherings/{id}/edit", "version=0&kind=TRAINING&title.tr=Benim",
                "POST /gatherings/{id}/publication", "notify=true",
                "POST /gatherings/{id}/cancellation", "reason.tr=Benim");
    }

    static Stream<String> everythingThatWrites() {
        return writing().keySet().stream().sorted();
    }

    @Test
    void everyWritingEndpointIsTriedByAStranger() {
        assertThat(WritingEndpoints.of(mappings, "coop.imece.events"))
                .isEqualTo(writing().keySet());
    }

    @ParameterizedTest
    @MethodSource("everythingThatWrites")
    void aStrangerChangesNothing(String endpoint) throws Exception {
        String stranger = TOKENS.representative(UUID.randomUUID(), neighbourhood.hasOrganisation("VERIFIED"));
        changesNothing(endpoint, stranger, 404);
        changesNothing(endpoint, null, 401);
        announced();
        changesNothing(endpoint, stranger, 403);
        changesNothing(endpoint, null, 401);
    }

    private void changesNothing(String endpoint, @Nullable String token, int status) throws Exception {
        Document before = stored();
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        var request = request(HttpMethod.valueOf(method), path.replace("{id}", id.toString()))
                .header("If-Match", "*")
                .contentType(
                        !path.startsWith("/api/")
                                ? MediaType.APPLICATION_FORM_URLENCODED
                                : method.equals("PATCH")
                                        ? MediaType.parseMediaType("application/merge-patch+json")
                                        : MediaType.APPLICATION_JSON)
                .content(writing().get(endpoint).replace("{id}", id.toString()));
        http.perform(token == null ? request : request.header("Authorization", token))
                .andExpect(status().is(status));
        assertThat(stored()).isEqualTo(before);
    }

    /// What is stored, apart from messages on their way: the relay takes them out at any moment.
    private Document stored() {
        Document stored = Objects.requireNonNull(mongo.findById(id, Document.class, "gatherings"));
        stored.remove("outbox");
        return stored;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gatherings/{id}/edit",
                "/gatherings/{id}/publication",
                "/gatherings/{id}/cancellation",
                "/fragments/gatherings/{id}/broadcasts"
            })
    void aStrangerSeesNoPageOfTheOrganiser(String path) throws Exception {
        String stranger = TOKENS.representative(UUID.randomUUID(), neighbourhood.hasOrganisation("VERIFIED"));
        String address = path.replace("{id}", id.toString());

        http.perform(page(address, stranger)).andExpect(status().isNotFound());
        announced();
        http.perform(page(address, stranger)).andExpect(status().isForbidden());
        http.perform(get(address)).andExpect(status().isUnauthorized());
    }

    private void announced() {
        Gathering draft = gatherings.findById(id).orElseThrow();
        draft.announce(UUID.randomUUID(), false, GatheringFixtures.NILUFER_NAME, GatheringFixtures.NOW);
        gatherings.save(draft);
    }

    private static MockHttpServletRequestBuilder page(String path, String token) {
        return get(path)
                .header("Authorization", token)
                .header("Accept-Language", "tr")
                .accept(MediaType.TEXT_HTML);
    }

    private static MockHttpServletRequestBuilder sent(
            MockHttpServletRequestBuilder request, String token, String body) {
        return request.header("Authorization", token)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private String fair() {
        return """
                {"organiser":"%1$s","kind":"FAIR","topics":["marketing"],
                 "title":{"tr":"Nilüfer Üretici Fuarı"},
                 "starts":{"at":"%2$s-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
                 "ends":{"at":"%2$s-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organiser, GatheringFixtures.NEXT_YEAR);
    }
}
