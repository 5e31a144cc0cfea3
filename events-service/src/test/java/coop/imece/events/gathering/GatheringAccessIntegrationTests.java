package coop.imece.events.gathering;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.events.Neighbourhood;
import coop.imece.platform.test.AccessMatrix;
import coop.imece.platform.test.AccessMatrix.Attempt;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.util.Objects;
import java.util.UUID;
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
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who gets what from the calendar: by role in the organiser, whether the token or the view knows of it.
@ServiceTest
@Import(Neighbourhood.class)
class GatheringAccessIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");

    /// Of a `newcomer`, an editor, the token does not know yet; of `demoted` (to a viewer) and `dismissed` it
    /// still says that they represent the organisation.
    private static final String API = """
            |                                              | anyone | person | viewer | reporter | editor | represents | newcomer | demoted | dismissed | stranger | reviewer | administrator | program | unscoped |
            | GET /gatherings                              | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200     | 200       | 200      | 200      | 200           | 200     | 200      |
            | GET /gatherings drafts                       | 401    | 403    | 200    | 200      | 200    | 200        | 200      | 200     | 403       | 403      | 403      | 403           | 200     | 200      |
            | GET /gatherings/{id} draft                   | 404    | 404    | 200    | 200      | 200    | 200        | 200      | 200     | 404       | 404      | 404      | 404           | 200     | 200      |
            | GET /gatherings/{id} announced               | 200    | 200    | 200    | 200      | 200    | 200        | 200      | 200     | 200       | 200      | 200      | 200           | 200     | 200      |
            | PUT /gatherings/{id} new                     | 401    | 403    | 403    | 403      | 201    | 201        | 201      | 403     | 403       | 403      | 403      | 403           | 201     | 403      |
            | PUT /gatherings/{id} draft                   | 401    | 404    | 403    | 403      | 200    | 200        | 200      | 403     | 404       | 404      | 404      | 404           | 200     | 403      |
            | PUT /gatherings/{id} announced               | 401    | 403    | 403    | 403      | 200    | 200        | 200      | 403     | 403       | 403      | 403      | 403           | 200     | 403      |
            | PATCH /gatherings/{id} draft                 | 401    | 404    | 403    | 403      | 200    | 200        | 200      | 403     | 404       | 404      | 404      | 404           | 200     | 403      |
            | PATCH /gatherings/{id} announced             | 401    | 403    | 403    | 403      | 200    | 200        | 200      | 403     | 403       | 403      | 403      | 403           | 200     | 403      |
            | POST /gatherings/{id}/publication draft      | 401    | 404    | 403    | 403      | 201    | 201        | 201      | 403     | 404       | 404      | 404      | 404           | 201     | 403      |
            | POST /gatherings/{id}/publication announced  | 401    | 403    | 403    | 403      | 201    | 201        | 201      | 403     | 403       | 403      | 403      | 403           | 201     | 403      |
            | POST /gatherings/{id}/cancellation draft     | 401    | 404    | 403    | 403      | 409    | 409        | 409      | 403     | 404       | 404      | 404      | 404           | 409     | 403      |
            | POST /gatherings/{id}/cancellation announced | 401    | 403    | 403    | 403      | 201    | 201        | 201      | 403     | 403       | 403      | 403      | 403           | 201     | 403      |
            """;

    private static final String PAGES = """
            |                                              | anyone | person | viewer | reporter | editor | represents | stranger | reviewer | administrator | program |
            | POST /gatherings/new                         | 401    | 403    | 403    | 403      | 303    | 303        | 403      | 403      | 403           | 403     |
            | POST /gatherings/new over another            | 401    | 404    | 403    | 403      | 422    | 422        | 404      | 404      | 404           | 403     |
            | POST /gatherings/{id}/edit draft             | 401    | 404    | 403    | 403      | 422    | 422        | 404      | 404      | 404           | 403     |
            | POST /gatherings/{id}/edit announced         | 401    | 403    | 403    | 403      | 422    | 422        | 403      | 403      | 403           | 403     |
            | POST /gatherings/{id}/publication draft      | 401    | 404    | 403    | 403      | 303    | 303        | 404      | 404      | 404           | 403     |
            | POST /gatherings/{id}/publication announced  | 401    | 403    | 403    | 403      | 303    | 303        | 403      | 403      | 403           | 403     |
            | POST /gatherings/{id}/cancellation draft     | 401    | 404    | 403    | 403      | 409    | 409        | 404      | 404      | 404           | 403     |
            | POST /gatherings/{id}/cancellation announced | 401    | 403    | 403    | 403      | 303    | 303        | 403      | 403      | 403           | 403     |
            """;

    @LocalServerPort
    int port;

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

    @Test
    void aRoleNobodyKnowsHereIsNone() throws Exception {
        neighbourhood.member(member, organiser, "ARCHIVIST", "APPOINTED");

        http.perform(get("/api/v1/gatherings/{id}", id)
                        .header("Authorization", TOKENS.representative(member, organiser)))
                .andExpect(status().isNotFound());
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
        http.perform(page("/fragments/gatherings/" + id + "/broadcasts", token)).andExpect(status().isForbidden());
    }

    @Test
    void theDeskShowsThePlansOfTheChosenOrganisationOnly() throws Exception {
        UUID other = neighbourhood.hasOrganisation("VERIFIED");
        UUID others = UUID.randomUUID();
        gatherings.save(Gathering.draft(others, other, GatheringFixtures.NILUFER_NAME, GatheringFixtures.aFair()));

        http.perform(page("/fragments/gatherings/desk", TOKENS.representative(member, organiser, other)))
                .andExpect(content().string(containsString("/gatherings/" + id)))
                .andExpect(content().string(containsString("/gatherings/" + others)));
        http.perform(page("/fragments/gatherings/desk", TOKENS.workingFor(other, member, organiser, other)))
                .andExpect(content().string(containsString("/gatherings/" + others)))
                .andExpect(content().string(not(containsString("/gatherings/" + id))));
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsWhatTheTableSays() throws Exception {
        return AccessMatrix.ofApi(port, API)
                .callers(TOKENS)
                .caller("newcomer", (own, operation) -> heard(own, "EDITOR", "APPOINTED", TOKENS::account))
                .caller("demoted", (own, operation) -> heard(own, "VIEWER", "APPOINTED", represents(own)))
                .caller("dismissed", (own, operation) -> heard(own, "EDITOR", "DISMISSED", represents(own)))
                .row("GET /gatherings", () -> Attempt.at("/api/v1/gatherings"))
                .row("GET /gatherings drafts", () -> {
                    Gathering draft = drafted();
                    return Attempt.at("/api/v1/gatherings?state=DRAFT&organiser=" + draft.organiser())
                            .of(draft.organiser());
                })
                .row("GET /gatherings/{id} draft", () -> about("/api/v1", drafted(), ""))
                .row("GET /gatherings/{id} announced", () -> about("/api/v1", announced(), ""))
                .row("PUT /gatherings/{id} new", () -> {
                    UUID own = neighbourhood.hasOrganisation("VERIFIED");
                    UUID fresh = UUID.randomUUID();
                    return Attempt.create("/api/v1/gatherings/" + fresh)
                            .of(own)
                            .sending(fair(own))
                            .watching(() -> gatherings.existsById(fresh));
                })
                .row("PUT /gatherings/{id} draft", () -> written(drafted()))
                .row("PUT /gatherings/{id} announced", () -> written(announced()))
                .row(
                        "PATCH /gatherings/{id} draft",
                        () -> about("/api/v1", drafted(), "").sending("{\"kind\":\"TRAINING\"}"))
                .row(
                        "PATCH /gatherings/{id} announced",
                        () -> about("/api/v1", announced(), "").sending("{\"kind\":\"TRAINING\"}"))
                .row(
                        "POST /gatherings/{id}/publication draft",
                        () -> about("/api/v1", drafted(), "/publication").sending("{\"notify\":false}"))
                .row(
                        "POST /gatherings/{id}/publication announced",
                        () -> about("/api/v1", announced(), "/publication").sending("{\"notify\":false}"))
                .row(
                        "POST /gatherings/{id}/cancellation draft",
                        () -> about("/api/v1", drafted(), "/cancellation").sending("{\"reason\":{\"tr\":\"Fırtına\"}}"))
                .row(
                        "POST /gatherings/{id}/cancellation announced",
                        () -> about("/api/v1", announced(), "/cancellation")
                                .sending("{\"reason\":{\"tr\":\"Fırtına\"}}"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> everybodyGetsFromFormsWhatTheTableSays() throws Exception {
        return AccessMatrix.ofPages(port, mappings, "coop.imece.events", PAGES)
                .callers(TOKENS)
                .row("POST /gatherings/new", () -> {
                    UUID own = neighbourhood.hasOrganisation("VERIFIED");
                    UUID fresh = UUID.randomUUID();
                    return Attempt.at("/gatherings/new")
                            .of(own)
                            .sending(form(fresh, own))
                            .watching(() -> gatherings.existsById(fresh));
                })
                .row("POST /gatherings/new over another", () -> {
                    Gathering draft = drafted();
                    return Attempt.at("/gatherings/new")
                            .of(draft.organiser())
                            .sending("id=" + draft.id() + "&kind=TRAINING")
                            .watching(() -> stored(draft.id()));
                })
                .row(
                        "POST /gatherings/{id}/edit draft",
                        () -> about("", drafted(), "/edit").sending("version=0&title.tr=Benim&kind=TRAINING"))
                .row(
                        "POST /gatherings/{id}/edit announced",
                        () -> about("", announced(), "/edit").sending("version=1&title.tr=Benim&kind=TRAINING"))
                .row(
                        "POST /gatherings/{id}/publication draft",
                        () -> about("", drafted(), "/publication").sending(""))
                .row(
                        "POST /gatherings/{id}/publication announced",
                        () -> about("", announced(), "/publication").sending(""))
                .row(
                        "POST /gatherings/{id}/cancellation draft",
                        () -> about("", drafted(), "/cancellation").sending("reason.tr=Benim"))
                .row(
                        "POST /gatherings/{id}/cancellation announced",
                        () -> about("", announced(), "/cancellation").sending("reason.tr=Benim"))
                .tests();
    }

    /// Somebody of whom this service heard something else than the gateway knows.
    private String heard(UUID own, String role, String state, Function<UUID, String> token) {
        UUID account = UUID.randomUUID();
        neighbourhood.member(account, own, role, state);
        return token.apply(account);
    }

    private static Function<UUID, String> represents(UUID own) {
        return account -> TOKENS.representative(account, own);
    }

    private Attempt about(String where, Gathering gathering, String step) {
        return Attempt.at(where + "/gatherings/" + gathering.id() + step)
                .of(gathering.organiser())
                .watching(() -> stored(gathering.id()));
    }

    private Attempt written(Gathering gathering) {
        return about("/api/v1", gathering, "").sending(fair(gathering.organiser()));
    }

    private Gathering drafted() {
        return gatherings.save(Gathering.draft(
                UUID.randomUUID(),
                neighbourhood.hasOrganisation("VERIFIED"),
                GatheringFixtures.NILUFER_NAME,
                GatheringFixtures.aFair()));
    }

    private Gathering announced() {
        Gathering gathering = drafted();
        announce(gathering);
        return gatherings.save(gathering);
    }

    /// What is stored, apart from messages on their way: the relay takes them out at any moment.
    private Document stored(UUID gathering) {
        Document stored = Objects.requireNonNull(mongo.findById(gathering, Document.class, "gatherings"));
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
        Gathering draft = gatherings.findById(id).orElseThrow();
        announce(draft);
        gatherings.save(draft);
        http.perform(page(address, stranger)).andExpect(status().isForbidden());
        http.perform(get(address)).andExpect(status().isUnauthorized());
    }

    private static void announce(Gathering draft) {
        draft.announce(UUID.randomUUID(), false, GatheringFixtures.NILUFER_NAME, GatheringFixtures.NOW);
    }

    private static MockHttpServletRequestBuilder page(String path, String token) {
        return get(path)
                .header("Authorization", token)
                .header("Accept-Language", "tr")
                .accept(MediaType.TEXT_HTML);
    }

    private static String form(UUID gathering, UUID organiser) {
        return "id=%1$s&organiser=%2$s&kind=FAIR&topic=marketing&title.tr=Fuar&region=TR-16&locality=Bursa"
                        .formatted(gathering, organiser)
                + "&starts.date=%1$s-05-07&starts.time=10:00&starts.zone=Europe/Istanbul&ends.date=%1$s-05-08"
                        .formatted(GatheringFixtures.NEXT_YEAR)
                + "&ends.time=18:00&ends.zone=Europe/Istanbul";
    }

    private static String fair(UUID organiser) {
        return """
                {"organiser":"%1$s","kind":"FAIR","topics":["marketing"],
                 "title":{"tr":"Nilüfer Üretici Fuarı"},
                 "starts":{"at":"%2$s-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
                 "ends":{"at":"%2$s-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organiser, GatheringFixtures.NEXT_YEAR);
    }
}
