package coop.imece.events.gathering;

import static coop.imece.events.gathering.GatheringFixtures.NEXT_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import coop.imece.events.Neighbourhood;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
@Import(Neighbourhood.class)
class GatheringApiIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("events-service");
    private static final MediaType MERGE_PATCH = MediaType.parseMediaType("application/merge-patch+json");

    private final MockMvc http;
    private final Neighbourhood neighbourhood;
    private final Gatherings gatherings;
    private final UUID account = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private UUID organiser = account;

    @Autowired
    GatheringApiIntegrationTests(MockMvc http, Neighbourhood neighbourhood, Gatherings gatherings) {
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
    void draftsPublishesAndCancelsAFair() throws Exception {
        draft().andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/v1/gatherings/" + id))
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(jsonPath("$.state").value("DRAFT"))
                .andExpect(jsonPath("$.organiserName.tr.text").value("Nilüfer Belediyesi"))
                .andExpect(jsonPath("$.starts.at").value(NEXT_YEAR + "-05-07T10:00:00+03:00"));

        var published = publish("{\"notify\":true}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", startsWith("/api/v1/broadcasts/")))
                .andReturn();
        String location = String.valueOf(published.getResponse().getHeader("Location"));
        assertThat(published.getResponse().getContentAsString())
                .contains(location.substring("/api/v1/broadcasts/".length()));

        publish("{\"notify\":false}").andExpect(status().isCreated()).andExpect(header().string("Location", location));

        cancel("{\"reason\":{\"tr\":\"Fırtına uyarısı\"}}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", startsWith("/api/v1/broadcasts/")));
        cancel("{\"reason\":{\"tr\":\"Başka\"}}").andExpect(status().isCreated());

        http.perform(get("/api/v1/gatherings/{id}", id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("CANCELLED"))
                .andExpect(jsonPath("$.cancellationReason.tr.text").value("Fırtına uyarısı"));
        try (var broker = new TestBroker()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(broker.records("events.gathering.v1", id))
                            .extracting(record -> TestBroker.header(record, "ce_type"))
                            .containsSubsequence("events.gathering.announced.v1", "events.gathering.cancelled.v1"));
        }
    }

    @Test
    void aProgramAnnouncesForItsOwnOrganisationWithinItsScopes() throws Exception {
        UUID program = UUID.randomUUID();
        http.perform(by(TOKENS.program(program, organiser, "impact:write"), put("/api/v1/gatherings/{id}", id))
                        .content(fair()))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/scope-missing"));
        http.perform(by(
                                TOKENS.program(program, UUID.randomUUID(), "gatherings:write"),
                                put("/api/v1/gatherings/{id}", id))
                        .content(fair()))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/not-allowed"));
        String own = TOKENS.program(program, organiser, "gatherings:write");
        http.perform(by(own, put("/api/v1/gatherings/{id}", id)).content(fair()))
                .andExpect(status().isCreated());
        http.perform(by(own, post("/api/v1/gatherings/{id}/publication", id)).content("{\"notify\":false}"))
                .andExpect(status().isCreated());
        http.perform(by(own, post("/gatherings/{id}/cancellation", id))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED))
                .andExpect(status().isForbidden());
        http.perform(get("/api/v1/gatherings/{id}", id))
                .andExpect(jsonPath("$.state").value("ANNOUNCED"));
    }

    private static MockHttpServletRequestBuilder by(String token, MockHttpServletRequestBuilder request) {
        return request.header("Authorization", token).contentType(MediaType.APPLICATION_JSON);
    }

    @Test
    void publishingWithoutTellingAnybodyPointsToTheGathering() throws Exception {
        draft();

        publish("{\"notify\":false}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/v1/gatherings/" + id));
    }

    @Test
    void theSameContentAgainIsNoChange() throws Exception {
        draft();

        draft().andExpect(status().isOk()).andExpect(header().string("ETag", "\"0\""));
    }

    @Test
    void otherContentNeedsTheVersionItMeans() throws Exception {
        draft();
        String other = fair().replace("Nilüfer Üretici Fuarı", "Kooperatif Fuarı");

        http.perform(as(account, put("/api/v1/gatherings/{id}", id)).content(other))
                .andExpect(status().is(428))
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(jsonPath("$.type").value("/problems/version-missing"));
        http.perform(as(account, put("/api/v1/gatherings/{id}", id))
                        .header("If-Match", "\"7\"")
                        .content(other))
                .andExpect(status().isPreconditionFailed())
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(jsonPath("$.type").value("/problems/changed-meanwhile"));
        http.perform(as(account, put("/api/v1/gatherings/{id}", id))
                        .header("If-Match", "\"0\"")
                        .content(other))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.title.tr.text").value("Kooperatif Fuarı"));
    }

    @Test
    void changesSingleFieldsOfAnAnnouncedGathering() throws Exception {
        draft();
        publish("{\"notify\":true}");

        change("\"1\"", "{\"title\":{\"sl\":\"Sejem zadrug\",\"he\":null},\"description\":null}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.revision").value(1))
                .andExpect(jsonPath("$.title.sl.text").value("Sejem zadrug"))
                .andExpect(jsonPath("$.title.he").doesNotExist())
                .andExpect(jsonPath("$.description").doesNotExist());
        try (var broker = new TestBroker()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(broker.records("events.gathering.v1", id))
                            .extracting(record -> TestBroker.header(record, "ce_type"))
                            .contains("events.gathering.changed.v1"));
        }
    }

    @Test
    void whatIsAnnouncedIsNotChangedUnderANameNobodyHasVerified() throws Exception {
        draft();
        publish("{\"notify\":true}");
        neighbourhood.organisationIs(organiser, "SUBMITTED");

        change("\"1\"", "{\"title\":{\"tr\":\"Kooperatif Fuarı\"}}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/not-verified"));
        cancel("{\"reason\":{\"tr\":\"Fırtına uyarısı\"}}").andExpect(status().isCreated());
    }

    @Test
    void whatIsAnnouncedIsNotMovedIntoThePast() throws Exception {
        draft();
        publish("{\"notify\":true}");

        change(
                        "\"1\"",
                        "{\"starts\":{\"at\":\"2025-05-07T10:00:00+03:00\"},\"ends\":{\"at\":\"2025-05-08T18:00:00+03:00\"}}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/ends/at"))
                .andExpect(jsonPath("$.errors[0].code").value("in-the-past"));
    }

    @Test
    void aPatchNeedsTheVersionTheMediaTypeAndKnownFields() throws Exception {
        draft();

        change(null, "{\"kind\":\"TRAINING\"}").andExpect(status().is(428));
        change("\"9\"", "{\"kind\":\"TRAINING\"}").andExpect(status().isPreconditionFailed());
        change("\"0\"", "{\"state\":\"ANNOUNCED\",\"colour\":\"red\"}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[*].pointer", containsInAnyOrder("#/state", "#/colour")))
                .andExpect(jsonPath("$.errors[*].code", containsInAnyOrder("read-only", "unknown-field")));
        change("\"0\"", "[]").andExpect(status().is(422));
        change("\"0\"", "{\"organiser\":\"" + UUID.randomUUID() + "\"}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/organiser"));
        http.perform(as(account, patch("/api/v1/gatherings/{id}", id))
                        .header("If-Match", "\"0\"")
                        .content("{\"kind\":\"TRAINING\"}"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.type").value("/problems/unsupported-media-type"));
    }

    @Test
    void whatIsCancelledCannotBeChangedOrPublished() throws Exception {
        draft();
        publish("{\"notify\":false}");
        cancel("{\"reason\":{\"tr\":\"Fırtına uyarısı\"}}");

        change("\"2\"", "{\"kind\":\"TRAINING\"}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/gathering-cancelled"));
        publish("{\"notify\":false}").andExpect(status().isConflict());
    }

    @Test
    void aDraftCannotBeCancelled() throws Exception {
        draft();

        cancel("{\"reason\":{\"tr\":\"Fırtına uyarısı\"}}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/gathering-not-announced"));
    }

    @Test
    void withoutPlaceOrLinkThereIsNothingToPublish() throws Exception {
        http.perform(as(account, put("/api/v1/gatherings/{id}", id))
                        .content(fair().replaceAll(",\\s*\"place\":\\{[^}]*}", "")))
                .andExpect(status().isCreated());

        publish("{\"notify\":true}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/place"))
                .andExpect(jsonPath("$.errors[0].code").value("place-or-link"));
    }

    @Test
    void whatIsOverCannotBePublished() throws Exception {
        http.perform(as(account, put("/api/v1/gatherings/{id}", id)).content(fair().replace(NEXT_YEAR + "-", "2025-")))
                .andExpect(status().isCreated());

        publish("{\"notify\":true}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/gathering-over"));
    }

    @Test
    void strangersSeeNothingOfADraft() throws Exception {
        draft();

        http.perform(get("/api/v1/gatherings/{id}", id)).andExpect(status().isNotFound());
        http.perform(as(stranger, get("/api/v1/gatherings/{id}", id))).andExpect(status().isNotFound());
        http.perform(as(stranger, put("/api/v1/gatherings/{id}", id)).content(fair()))
                .andExpect(status().isNotFound());
        http.perform(as(stranger, patch("/api/v1/gatherings/{id}", id))
                        .contentType(MERGE_PATCH)
                        .content("{}"))
                .andExpect(status().isNotFound());
        http.perform(as(stranger, post("/api/v1/gatherings/{id}/publication", id))
                        .content("{\"notify\":true}"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/not-found"));
        http.perform(as(account, get("/api/v1/gatherings/{id}", id)))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", containsString("private")));
    }

    @Test
    void strangersMayReadWhatIsAnnouncedAndChangeNothing() throws Exception {
        draft();
        publish("{\"notify\":false}");

        http.perform(as(stranger, get("/api/v1/gatherings/{id}", id))).andExpect(status().isOk());
        http.perform(as(stranger, put("/api/v1/gatherings/{id}", id)).content(fair()))
                .andExpect(status().isForbidden());
        http.perform(as(stranger, post("/api/v1/gatherings/{id}/cancellation", id))
                        .content("{\"reason\":{\"tr\":\"x\"}}"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.type").value("/problems/not-allowed"));
    }

    @Test
    void whoeverHasNotSignedInIsAskedTo() throws Exception {
        http.perform(put("/api/v1/gatherings/{id}", id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(fair()))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.type").value("/problems/not-signed-in"));
        http.perform(get("/api/v1/gatherings").header("Authorization", TOKENS.forged(account)))
                .andExpect(status().isUnauthorized());
        http.perform(get("/api/v1/gatherings").header("Authorization", TOKENS.expired(account)))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void refusesWhoeverDoesNotRepresentTheOrganiser() throws Exception {
        http.perform(as(stranger, put("/api/v1/gatherings/{id}", id)).content(fair()))
                .andExpect(status().isForbidden());
    }

    @Test
    void refusesAnOrganisationNobodyHasHeardOfAndSaysToTryAgain() throws Exception {
        organiser = UUID.randomUUID();

        draft().andExpect(status().isConflict())
                .andExpect(header().string("Retry-After", "1"))
                .andExpect(jsonPath("$.type").value("/problems/not-yet-known"));
    }

    @Test
    void refusesAnOrganisationThatIsNotVerified() throws Exception {
        organiser = neighbourhood.hasOrganisation("SUBMITTED");
        neighbourhood.represents(account, organiser, "APPOINTED");

        draft().andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/not-verified"))
                .andExpect(jsonPath("$.title").isNotEmpty());
    }

    @Test
    void waitsForAVerificationThatIsOnItsWay() throws Exception {
        organiser = neighbourhood.hasOrganisation("SUBMITTED");
        neighbourhood.represents(account, organiser, "APPOINTED");
        UUID late = organiser;
        var news = Thread.ofVirtual().unstarted(() -> {
            Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            neighbourhood.organisationIs(late, "VERIFIED");
        });
        news.start();

        draft().andExpect(status().isCreated());
        news.join();
    }

    @Test
    void believesTheTokenWhereTheAppointmentWasNotHeardOfYet() throws Exception {
        organiser = neighbourhood.hasOrganisation("VERIFIED");

        http.perform(put("/api/v1/gatherings/{id}", id)
                        .header("Authorization", TOKENS.representative(stranger, organiser))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(fair()))
                .andExpect(status().isCreated());
    }

    @Test
    void aDismissalCountsWhateverTheTokenSays() throws Exception {
        neighbourhood.represents(account, organiser, "DISMISSED");

        http.perform(put("/api/v1/gatherings/{id}", id)
                        .header("Authorization", TOKENS.representative(account, organiser))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(fair()))
                .andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"kind\":}", "{\"kind\":\"FAIR\",\"kind\":\"FAIR\"}"})
    void whatIsNoJsonIsAnsweredWithFourHundred(String body) throws Exception {
        http.perform(as(account, put("/api/v1/gatherings/{id}", id)).content(body))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"x\"", "{}", "{} {}", "{\"organiser\":[]}"})
    void whatIsJsonButNoGatheringIsRefused(String body) throws Exception {
        http.perform(as(account, put("/api/v1/gatherings/{id}", id)).content(body))
                .andExpect(status().is4xxClientError())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void saysEverythingThatIsWrongInTheReadersLanguage() throws Exception {
        String wrong = fair().replace("\"FAIR\"", "\"FAIRR\"")
                .replace("Nilüfer Üretici Fuarı", "Fuar\\r\\nBcc: herkes@a.example")
                .replace("-05-07T", "-02-30T");

        http.perform(as(account, put("/api/v1/gatherings/{id}", id))
                        .header(HttpHeaders.ACCEPT_LANGUAGE, "tr")
                        .content(wrong))
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[*].pointer", containsInAnyOrder("#/kind", "#/title/tr", "#/starts/at")))
                .andExpect(jsonPath(
                        "$.errors[*].code", containsInAnyOrder("unknown-code", "control-character", "invalid-date")))
                .andExpect(jsonPath("$.errors[*].detail", hasItem(containsString("FAIR"))))
                .andExpect(jsonPath("$.title").value("Bazı alanlara yeniden bakılmalı"));
        http.perform(as(account, get("/api/v1/gatherings/{id}", id))).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publication  | {}                                       | 422 | #/notify",
                "publication  | {\"notify\":\"yes\"}                     | 422 | #/notify",
                "publication  | {\"notify\":true,\"when\":\"now\"}       | 422 | #/when",
                "publication  | []                                       | 422 | #",
                "cancellation | {}                                       | 422 | #/reason",
                "cancellation | {\"reason\":{}}                          | 422 | #/reason",
                "cancellation | {\"reason\":{\"xx\":\"a\"}}              | 422 | #/reason/xx",
                "cancellation | {\"reason\":{\"tr\":\"a\\u0007\"}}       | 422 | #/reason/tr",
                "cancellation | {\"reason\":{\"tr\":\"a\"},\"notify\":1} | 422 | #/notify",
            })
    void refusesStepsThatAreNotUnderstood(String step, String body, int status, String pointer) throws Exception {
        draft();

        http.perform(as(account, post("/api/v1/gatherings/{id}/" + step, id)).content(body))
                .andExpect(status().is(status))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem(pointer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour=red", "limit=0", "limit=201", "limit=x", "limit=-1", "from=yesterday", "to=2027-02-30",
                "organiser=1", "cursor=xyz", "cursor=AAAA", "state=SECRET", "kind=%00", "kind=%24ne", "language=%3Cx",
                "q=a&q=b"
            })
    void refusesFiltersItDoesNotUnderstand(String query) throws Exception {
        http.perform(get(URI.create("/api/v1/gatherings?" + query)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("/problems/bad-parameter"));
    }

    @Test
    void badIdsAreNeverADefect() throws Exception {
        http.perform(get("/api/v1/gatherings/not-an-id")).andExpect(status().isBadRequest());
        http.perform(get("/api/v1/gatherings/{id}", UUID.randomUUID())).andExpect(status().isNotFound());
        http.perform(as(account, post("/api/v1/gatherings/{id}/publication", UUID.randomUUID()))
                        .content("{\"notify\":true}"))
                .andExpect(status().isNotFound());
    }

    @Test
    void listsWhatIsToComeByBeginningAndPageByPage() throws Exception {
        for (int day = 3; day >= 1; day--) {
            announced(UUID.randomUUID(), fair().replace("-05-0", "-06-0").replace("06-07", "06-0" + day));
        }

        var first = http.perform(get("/api/v1/gatherings")
                        .param("organiser", organiser.toString())
                        .param("limit", "2"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", containsString("public")))
                .andExpect(jsonPath("$.items", hasSize(2)))
                .andExpect(jsonPath("$.items[0].starts.at", startsWith(NEXT_YEAR + "-06-01")))
                .andExpect(jsonPath("$.total").value(3))
                .andReturn()
                .getResponse();
        String next = JsonPath.read(first.getContentAsString(), "$.next");
        http.perform(get(URI.create(next)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.items[0].starts.at", startsWith(NEXT_YEAR + "-06-03")))
                .andExpect(jsonPath("$.next").doesNotExist());
        http.perform(get("/api/v1/gatherings")
                        .param("organiser", organiser.toString())
                        .param("limit", "2")
                        .header("If-None-Match", String.valueOf(first.getHeader("ETag"))))
                .andExpect(status().isNotModified());
    }

    @ParameterizedTest
    @CsvSource({
        "kind, FAIR, 1",
        "kind, TRAINING, 0",
        "topic, marketing, 1",
        "topic, finance, 0",
        "region, TR-16, 1",
        "region, TR-35, 0",
        "language, he, 1",
        "language, it, 0",
        "q, uretıcı, 1",
        "q, NİLÜFER fuar, 1",
        "q, zeytin, 0",
        "q, .*, 1",
        "from, YEAR-05-08, 1",
        "from, YEAR-05-09, 0",
        "to, YEAR-05-07, 1",
        "to, YEAR-05-06, 0",
        "state, CANCELLED, 0",
    })
    void findsByFilter(String name, String value, int found) throws Exception {
        announced(id, fair());

        http.perform(get("/api/v1/gatherings")
                        .param("organiser", organiser.toString())
                        .param(name, value.replace("YEAR", NEXT_YEAR + "")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(found));
    }

    @Test
    void listsDraftsOnlyToThoseWhoRepresentTheOrganiser() throws Exception {
        draft();

        http.perform(get("/api/v1/gatherings").param("organiser", organiser.toString()))
                .andExpect(jsonPath("$.total").value(0));
        http.perform(as(account, get("/api/v1/gatherings"))
                        .param("state", "DRAFT")
                        .param("organiser", organiser.toString()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].id").value(id.toString()));
        http.perform(as(stranger, get("/api/v1/gatherings"))
                        .param("state", "DRAFT")
                        .param("organiser", organiser.toString()))
                .andExpect(status().isForbidden());
        http.perform(get("/api/v1/gatherings").param("state", "DRAFT")).andExpect(status().isUnauthorized());
        http.perform(as(account, get("/api/v1/gatherings")).param("state", "DRAFT"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void whatIsOverIsOnlyFoundByAskingForThePast() throws Exception {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        var over = Gathering.draft(
                id,
                organiser,
                GatheringFixtures.NILUFER_NAME,
                GatheringFixtures.at(GatheringFixtures.aFair(), yesterday.minus(Duration.ofDays(1)), yesterday));
        over.announce(UUID.randomUUID(), false, GatheringFixtures.NILUFER_NAME, yesterday.minus(Duration.ofDays(2)));
        gatherings.save(over);

        http.perform(get("/api/v1/gatherings").param("organiser", organiser.toString()))
                .andExpect(jsonPath("$.total").value(0));
        http.perform(get("/api/v1/gatherings")
                        .param("organiser", organiser.toString())
                        .param("from", "2020-01-01"))
                .andExpect(jsonPath("$.total").value(1));
    }

    private void announced(UUID gathering, String body) throws Exception {
        http.perform(as(account, put("/api/v1/gatherings/{id}", gathering)).content(body))
                .andExpect(status().isCreated());
        http.perform(as(account, post("/api/v1/gatherings/{id}/publication", gathering))
                        .content("{\"notify\":false}"))
                .andExpect(status().isCreated());
    }

    private ResultActions draft() throws Exception {
        return http.perform(as(account, put("/api/v1/gatherings/{id}", id)).content(fair()));
    }

    private ResultActions publish(String body) throws Exception {
        return http.perform(
                as(account, post("/api/v1/gatherings/{id}/publication", id)).content(body));
    }

    private ResultActions cancel(String body) throws Exception {
        return http.perform(
                as(account, post("/api/v1/gatherings/{id}/cancellation", id)).content(body));
    }

    private ResultActions change(@Nullable String version, String body) throws Exception {
        var request = as(account, patch("/api/v1/gatherings/{id}", id)).contentType(MERGE_PATCH);
        if (version != null) {
            request.header("If-Match", version);
        }
        return http.perform(request.content(body));
    }

    private static MockHttpServletRequestBuilder as(UUID account, MockHttpServletRequestBuilder request) {
        return request.header("Authorization", TOKENS.account(account)).contentType(MediaType.APPLICATION_JSON);
    }

    private String fair() {
        return """
                {"organiser":"%1$s","kind":"FAIR","topics":["marketing"],
                 "title":{"tr":"Nilüfer Üretici Fuarı","he":"יריד יצרנים בנילופר"},
                 "description":{"tr":"Yirmi kooperatifin ürünleri bir arada."},
                 "starts":{"at":"%2$s-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
                 "ends":{"at":"%2$s-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
                 "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""".formatted(organiser, NEXT_YEAR);
    }
}
