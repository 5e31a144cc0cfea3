package coop.imece.events.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.events.Neighbourhood;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import coop.imece.platform.text.Place;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
@Import(Neighbourhood.class)
class GatheringPagesIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");

    private final MockMvc http;
    private final Neighbourhood neighbourhood;
    private final Gatherings gatherings;
    private final UUID account = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private UUID organiser = account;

    @Autowired
    GatheringPagesIntegrationTests(MockMvc http, Neighbourhood neighbourhood, Gatherings gatherings) {
        this.http = http;
        this.neighbourhood = neighbourhood;
        this.gatherings = gatherings;
    }

    @BeforeEach
    void aVerifiedSupporter() {
        neighbourhood.hasCodeLists();
        organiser = neighbourhood.hasSupporter(account);
    }

    @Test
    void writesReviewsPublishesChangesAndCancelsByForms() throws Exception {
        http.perform(page("/gatherings/new"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("name=\"title.tr\"")));
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()).param("next", "publication"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/gatherings/" + id + "/publication"));
        http.perform(page("/gatherings/" + id + "/publication"))
                .andExpect(status().isOk())
                .andExpect(
                        content()
                                .string(
                                        containsString(
                                                "hx-get=\"/fragments/reach-estimates/reach?kind=FAIR&amp;region=TR-16&amp;topic=marketing\"")));
        http.perform(page("/gatherings/" + id))
                .andExpect(content()
                        .string(allOf(
                                containsString("/gatherings/" + id + "/publication"),
                                containsString("href=\"/fragments/reach-estimates/reach?kind=FAIR"))));
        http.perform(as(post("/gatherings/" + id + "/publication")).param("notify", "true"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/gatherings/" + id + "?done=announced"));
        http.perform(filled(post("/gatherings/" + id + "/edit"))
                        .param("version", "1")
                        .param("link", "https://toplanti.example/fuar"))
                .andExpect(header().string("Location", "/gatherings/" + id + "?done=changed"));
        http.perform(as(post("/gatherings/" + id + "/cancellation")).param("reason.tr", "Fırtına uyarısı"))
                .andExpect(header().string("Location", "/gatherings/" + id + "?done=cancelled"));

        var gathering = gatherings.findById(id).orElseThrow();
        assertThat(gathering.state()).isEqualTo(GatheringState.CANCELLED);
        assertThat(gathering.content().timing().starts().at())
                .hasToString(GatheringFixtures.NEXT_YEAR + "-05-07T10:00+03:00");
        assertThat(gathering.content().link()).isEqualTo("https://toplanti.example/fuar");
        http.perform(get("/gatherings/" + id).accept(MediaType.TEXT_HTML).header(HttpHeaders.ACCEPT_LANGUAGE, "tr"))
                .andExpect(content().string(containsString("Fırtına uyarısı")));
    }

    @Test
    void aRefusedFormKeepsWhatWasTypedAndSaysWhatToMend() throws Exception {
        http.perform(filled(post("/gatherings/new"), "locality")
                        .param("id", id.toString())
                        .param("title.he", "יריד\r\nBcc: x")
                        .param("locality", "L".repeat(201))
                        .header(HttpHeaders.ACCEPT_LANGUAGE, "tr"))
                .andExpect(status().is(422))
                .andExpect(content()
                        .string(allOf(
                                containsString("Nilüfer Üretici Fuarı"),
                                containsString("href=\"#f-title-he\""),
                                containsString("href=\"#f-locality\""),
                                containsString("Çok uzun: en fazla 200 karakter."),
                                containsString(id.toString()))));
        assertThat(gatherings.findById(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "title.tr,    '',           f-title",
        "kind,        '',           f-kind",
        "kind,        NONSENSE,     f-kind",
        "topic,       NONSENSE,     f-topic",
        "starts.date, '',           f-starts-date",
        "starts.date, 2027-02-30,   f-starts-date",
        "starts.time, 25:00,        f-starts-date",
        "starts.zone, Mars/Olympus, f-starts-zone",
        "ends.date,   2027-05-06,   f-ends-date",
        "region,      XX-1,         f-region",
        "link,        javascript:1, f-link",
        "organiser,   nobody,       f-organiser",
    })
    void sendsTheReaderToTheFieldThatIsWrong(String field, String value, String anchor) throws Exception {
        http.perform(filled(post("/gatherings/new"), field).param(field, value).param("id", id.toString()))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"#" + anchor + "\"")));
    }

    @Test
    void anHourTheClocksSkipIsRefused() throws Exception {
        http.perform(filled(post("/gatherings/new"), "starts.date", "starts.time", "starts.zone", "ends.date")
                        .param("starts.date", "2027-03-28")
                        .param("starts.time", "02:30")
                        .param("starts.zone", "Europe/Rome")
                        .param("ends.date", "2027-03-29"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("f-starts-date")));
    }

    @Test
    void aTownWithoutRegionAsksForTheRegion() throws Exception {
        http.perform(filled(post("/gatherings/new"), "region"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"#f-region\"")));
    }

    @Test
    void anEditOfAnOldVersionIsShownAgainWithWhatWasTyped() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));

        http.perform(filled(post("/gatherings/" + id + "/edit"), "title.tr")
                        .param("version", "7")
                        .param("title.tr", "Kooperatif Fuarı")
                        .header(HttpHeaders.ACCEPT_LANGUAGE, "tr"))
                .andExpect(status().isPreconditionFailed())
                .andExpect(content()
                        .string(allOf(
                                containsString("Kooperatif Fuarı"), containsString("Bu arada başka biri değiştirdi"))));
    }

    @Test
    void anEditKeepsWhatTheFormDoesNotShow() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));
        var before = gatherings.findById(id).orElseThrow();
        var content = before.content();
        before.revise(
                new GatheringContent(
                        content.kind(),
                        content.topics(),
                        content.title(),
                        content.description(),
                        content.timing(),
                        new Place("TR", "TR-16", "Nilüfer", new Place.Point(40.21, 28.98)),
                        null,
                        List.of("8"),
                        content.languages()),
                before.organiserName(),
                false,
                GatheringFixtures.NOW);
        gatherings.save(before);

        http.perform(filled(post("/gatherings/" + id + "/edit"), "title.tr")
                        .param("version", "1")
                        .param("title.tr", "Kooperatif Fuarı"))
                .andExpect(status().isSeeOther());

        var after = gatherings.findById(id).orElseThrow().content();
        assertThat(after.title().text("tr")).isEqualTo("Kooperatif Fuarı");
        assertThat(after.sdgs()).containsExactly("8");
        assertThat(after.place()).isNotNull();
        assertThat(after.place().point()).isNotNull();
    }

    @Test
    void anEditFormOffersWhatIsThereThoughNobodyMayChooseItAnyMore() throws Exception {
        gatherings.save(Gathering.draft(
                id,
                organiser,
                GatheringFixtures.NILUFER_NAME,
                new GatheringContent(
                        "CARAVAN",
                        List.of("barter"),
                        GatheringFixtures.aFair().title(),
                        null,
                        GatheringFixtures.aFair().timing(),
                        new Place("TR", "TR-67", null, null),
                        null,
                        List.of(),
                        List.of("de"))));

        http.perform(page("/gatherings/" + id + "/edit").header(HttpHeaders.ACCEPT_LANGUAGE, "tr"))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("value=\"CARAVAN\" selected"),
                                containsString("value=\"barter\" checked"),
                                containsString("value=\"TR-67\" selected"),
                                containsString("value=\"de\" checked"))));
        http.perform(page("/gatherings/new"))
                .andExpect(content().string(allOf(not(containsString("CARAVAN")), not(containsString("TR-67")))));
    }

    @Test
    void withoutPlaceOrLinkThePublicationPageSaysWhatIsMissing() throws Exception {
        http.perform(filled(post("/gatherings/new"), "region", "locality").param("id", id.toString()))
                .andExpect(status().isSeeOther());

        http.perform(page("/gatherings/" + id + "/publication"))
                .andExpect(content()
                        .string(allOf(
                                containsString("/gatherings/" + id + "/edit#f-place"),
                                not(containsString("name=\"notify\"")))));
        http.perform(as(post("/gatherings/" + id + "/publication"))).andExpect(status().is(422));
    }

    @Test
    void aCancellationNeedsAReason() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));
        http.perform(as(post("/gatherings/" + id + "/publication")));

        http.perform(as(post("/gatherings/" + id + "/cancellation")))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("href=\"#f-reason\"")));
    }

    @Test
    void strangersSeeNeitherDraftsNorSteps() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));
        String stranger = TOKENS.account(UUID.randomUUID());

        for (String path : new String[] {"", "/edit", "/publication", "/cancellation"}) {
            http.perform(get("/gatherings/" + id + path)
                            .accept(MediaType.TEXT_HTML)
                            .header("Authorization", stranger))
                    .andExpect(status().isNotFound());
        }
        http.perform(as(post("/gatherings/" + id + "/publication")));
        http.perform(get("/gatherings/" + id).accept(MediaType.TEXT_HTML).header("Authorization", stranger))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("/cancellation"))));
        http.perform(get("/gatherings/" + id + "/edit")
                        .accept(MediaType.TEXT_HTML)
                        .header("Authorization", stranger))
                .andExpect(status().isForbidden());
        http.perform(get("/gatherings/new").accept(MediaType.TEXT_HTML)).andExpect(status().isUnauthorized());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void everyPageSpeaksTheReadersLanguage(String language) throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));

        for (String path : new String[] {
            "/gatherings",
            "/gatherings/new",
            "/gatherings/" + id,
            "/gatherings/" + id + "/edit",
            "/gatherings/" + id + "/publication"
        }) {
            http.perform(page(path).header(HttpHeaders.ACCEPT_LANGUAGE, language))
                    .andExpect(status().isOk())
                    .andExpect(content()
                            .string(allOf(containsString("lang=\"" + language + "\""), not(containsString("??")))));
        }
    }

    @Test
    void aTextInAnotherLanguageSaysWhichOne() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));

        http.perform(page("/gatherings/" + id).header(HttpHeaders.ACCEPT_LANGUAGE, "he"))
                .andExpect(content()
                        .string(allOf(containsString("dir=\"rtl\""), containsString("<bdi lang=\"tr\" dir=\"ltr\">"))));
    }

    @Test
    void homeAndDeskGetTheirPieces() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));

        http.perform(page("/fragments/gatherings/desk"))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("/gatherings/" + id), not(containsString("<html")))));
        http.perform(get("/fragments/gatherings/desk").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("<section"))));
        http.perform(get("/fragments/gatherings/upcoming").accept(MediaType.TEXT_HTML))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("/gatherings/" + id))));
    }

    @Test
    void theCalendarOfOneOrganiserStaysThatOfOneOrganiser() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));
        http.perform(as(post("/gatherings/" + id + "/publication")));

        http.perform(page("/gatherings?organiser=" + organiser))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("/gatherings/" + id),
                                containsString("name=\"organiser\" value=\"" + organiser + "\""))));
        http.perform(page("/gatherings?organiser=" + UUID.randomUUID()))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("/gatherings/" + id))));
        http.perform(page("/gatherings?organiser=nobody")).andExpect(status().isBadRequest());
    }

    @Test
    void asksWhomItReachesAlsoWhereOnlyTheCountryIsKnown() throws Exception {
        var somewhere = GatheringFixtures.in(GatheringFixtures.aFair(), new Place("IT", null, null, null), null);
        gatherings.save(Gathering.draft(id, organiser, GatheringFixtures.NILUFER_NAME, somewhere));

        http.perform(page("/gatherings/" + id + "/publication"))
                .andExpect(
                        content()
                                .string(
                                        containsString(
                                                "hx-get=\"/fragments/reach-estimates/reach?kind=FAIR&amp;country=IT&amp;topic=marketing\"")));
        http.perform(page("/gatherings/" + id + "/edit"))
                .andExpect(content()
                        .string(allOf(
                                containsString("name=\"country\" value=\"IT\""),
                                containsString("[name=region], [name=country], [name=topic]\""))));
    }

    @Test
    void offersTheOrganisersInTheReadersAlphabet() throws Exception {
        neighbourhood.represents(account, neighbourhood.hasOrganisation("VERIFIED", "Zeytin Birliği"), "APPOINTED");
        neighbourhood.represents(account, neighbourhood.hasOrganisation("VERIFIED", "Çınar Birliği"), "APPOINTED");

        http.perform(page("/gatherings/new").header(HttpHeaders.ACCEPT_LANGUAGE, "tr"))
                .andExpect(content().string(stringContainsInOrder("Çınar Birliği", "Zeytin Birliği")));
    }

    @Test
    void showsCompetitorsWhileTheFormIsFilledIn() throws Exception {
        http.perform(filled(post("/gatherings/new")).param("id", id.toString()));
        http.perform(as(post("/gatherings/" + id + "/publication")));

        http.perform(page("/fragments/gatherings/overlaps")
                        .param("kind", "FAIR")
                        .param("region", "TR-16")
                        .param("starts.date", GatheringFixtures.NEXT_YEAR + "-05-20"))
                .andExpect(content().string(containsString("/gatherings/" + id)));
        http.perform(page("/fragments/gatherings/overlaps").param("kind", "").param("starts.date", "soon"))
                .andExpect(status().isOk());
    }

    @Test
    void whoRepresentsNobodyIsToldWhatToDo() throws Exception {
        http.perform(get("/gatherings/new")
                        .accept(MediaType.TEXT_HTML)
                        .header("Authorization", TOKENS.account(UUID.randomUUID())))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(containsString("/organisations/new"), not(containsString("name=\"kind\"")))));
    }

    private MockHttpServletRequestBuilder filled(MockHttpServletRequestBuilder request, String... without) {
        var left = Set.of(without);
        String[][] fields = {
            {"organiser", organiser.toString()},
            {"kind", "FAIR"},
            {"topic", "marketing"},
            {"title.tr", "Nilüfer Üretici Fuarı"},
            {"description.tr", "Yirmi kooperatifin ürünleri bir arada."},
            {"starts.date", GatheringFixtures.NEXT_YEAR + "-05-07"},
            {"starts.time", "10:00"},
            {"starts.zone", "Europe/Istanbul"},
            {"ends.date", GatheringFixtures.NEXT_YEAR + "-05-08"},
            {"ends.time", "18:00"},
            {"ends.zone", "Europe/Istanbul"},
            {"region", "TR-16"},
            {"locality", "Nilüfer"},
        };
        for (String[] field : fields) {
            if (!left.contains(field[0])) {
                request.param(field[0], field[1]);
            }
        }
        return as(request);
    }

    private MockHttpServletRequestBuilder page(String path) {
        return as(get(path));
    }

    private MockHttpServletRequestBuilder as(MockHttpServletRequestBuilder request) {
        return request.accept(MediaType.TEXT_HTML).header("Authorization", TOKENS.account(account));
    }
}
