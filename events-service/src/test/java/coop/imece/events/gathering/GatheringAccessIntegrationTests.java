package coop.imece.events.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.events.Neighbourhood;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/// Who gets what from the calendar: by role in the organiser, whether the token or the view knows of it.
@ServiceTest
@Import(Neighbourhood.class)
class GatheringAccessIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");

    private final MockMvc http;
    private final Neighbourhood neighbourhood;
    private final Gatherings gatherings;
    private final UUID member = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private UUID organiser = member;

    @Autowired
    GatheringAccessIntegrationTests(MockMvc http, Neighbourhood neighbourhood, Gatherings gatherings) {
        this.http = http;
        this.neighbourhood = neighbourhood;
        this.gatherings = gatherings;
    }

    @BeforeEach
    void aDraftOfAVerifiedSupporter() {
        neighbourhood.hasCodeLists();
        organiser = neighbourhood.hasOrganisation("VERIFIED");
        gatherings.save(
                Gathering.draft(id, organiser, GatheringFixtures.NILUFER_NAME, GatheringFixtures.aFair()));
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
    void aRoleOnlyTheTokenKnowsAllowsTheSame(String role, int reading, int drafting, int publishing)
            throws Exception {
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
        http.perform(sent(
                        post("/api/v1/gatherings/{id}/cancellation", id), token, "{\"reason\":{\"tr\":\"Fırtına\"}}"))
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
                {"organiser":"%s","kind":"FAIR","topics":["marketing"],
                 "title":{"tr":"Nilüfer Üretici Fuarı"},
                 "starts":{"at":"2027-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
                 "ends":{"at":"2027-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organiser);
    }
}
