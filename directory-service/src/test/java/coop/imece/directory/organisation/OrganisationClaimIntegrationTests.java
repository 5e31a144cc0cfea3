package coop.imece.directory.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class OrganisationClaimIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final ContactPoint WEB =
            new ContactPoint(ContactPoint.Channel.WEB, "https://tomurcuk.example/", ContactPoint.Visibility.PUBLIC);

    @Autowired
    private MockMvc web;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Representatives representatives;

    @Autowired
    private Unsealing unsealing;

    @Autowired
    private JsonMapper json;

    private final UUID id = UUID.randomUUID();
    private final UUID claimant = UUID.randomUUID();
    private final String claims = "/api/v1/organisations/" + id + "/claims";

    record Content(String address, Map<String, String> parameters) {}

    /// Registered, verified, and then left alone.
    private void abandoned(ContactPoint... contacts) {
        abandoned(id, contacts);
    }

    private void abandoned(UUID id, ContactPoint... contacts) {
        UUID first = UUID.randomUUID();
        Organisation organisation = OrganisationFixture.aCooperative()
                .withId(id)
                .named("Tomurcuk " + id)
                .registeredBy(first)
                .reachedBy(contacts)
                .verified();
        organisations.save(organisation);
        representatives.appointFirst(id, first);
        representatives.accountErased(first);
    }

    /// Different in each test: messages of others stand on the same topic.
    private ContactPoint mail() {
        return new ContactPoint(
                ContactPoint.Channel.EMAIL, "info@" + id + ".example", ContactPoint.Visibility.REPRESENTATIVES);
    }

    private static ContactPoint phone() {
        return new ContactPoint(ContactPoint.Channel.PHONE, "+905551112233", ContactPoint.Visibility.PUBLIC);
    }

    private ResultActions as(@Nullable UUID account, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(account == null ? request : request.header("Authorization", TOKENS.account(account)));
    }

    private ResultActions claim(@Nullable UUID account, String body) throws Exception {
        return as(account, post(claims).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private String token() {
        try (TestBroker broker = new TestBroker()) {
            return await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> broker.records("notification.message.commands.v1").stream()
                                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                                    .filter(data -> data.contains("\"claim\""))
                                    .map(data -> unsealing.open(
                                            json.readTree(data).path("sealed").asString(), Content.class))
                                    .filter(content -> content.address().contains(id.toString()))
                                    .map(content -> content.parameters().get("link"))
                                    .map(link -> link.substring(link.lastIndexOf('/') + 1))
                                    .findFirst(),
                            java.util.Optional::isPresent)
                    .orElseThrow();
        }
    }

    @Test
    void whoReadsTheOrganisationsOwnMailTakesItOver() throws Exception {
        abandoned(WEB, mail());
        claim(null, "{}").andExpect(status().isUnauthorized());
        claim(claimant, "{}")
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.to").value("i…@" + id + ".example"));
        assertThat(representatives.represented(id)).as("asking gives nothing").isFalse();
        as(claimant, page("/fragments/organisations/desk", "tr"))
                .andExpect(content()
                        .string(allOf(containsString("/organisations/" + id), containsString("Tomurcuk " + id))));
        String link = "/api/v1/invitations/" + token();
        UUID secretary = UUID.randomUUID();
        as(secretary, post(link + "/acceptance")).andExpect(status().isCreated());

        as(claimant, page("/fragments/organisations/desk", "tr"))
                .andExpect(content().string(not(containsString("/organisations/" + id))));
        assertThat(representatives.represents(id, secretary)).isTrue();
        assertThat(representatives.roleOf(id, claimant)).isEmpty();
        claim(claimant, "{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("already-represented")));
    }

    @Test
    void aLinkIsWorthNothingOnceSomebodyRepresentsIt() throws Exception {
        abandoned(mail());
        claim(claimant, "{}").andExpect(status().isAccepted());
        String link = "/api/v1/invitations/" + token();
        representatives.appointFirst(id, UUID.randomUUID());

        as(claimant, post(link + "/acceptance"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("invitation-withdrawn")));
    }

    @Test
    void offersItsContactPointsShortenedAndAsksWhich() throws Exception {
        abandoned(WEB, mail(), phone());
        as(claimant, get(claims))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items", hasSize(2)))
                .andExpect(jsonPath("$.items[0].contactPoint").value(1))
                .andExpect(content().string(allOf(not(containsString("info@")), not(containsString("+905551112233")))));
        claim(claimant, "{}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/contactPoint"));
        claim(claimant, "{\"contactPoint\":0}").andExpect(status().is(422));
        claim(claimant, "{\"contactPoint\":2}")
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.to").value("+90…33"));
    }

    @Test
    void cannotBeClaimedWithoutAContactPointOrByTooManyOrWhereItIsHidden() throws Exception {
        abandoned(WEB);
        claim(claimant, "{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("no-contact-point")));
        web.perform(post("/api/v1/organisations/" + UUID.randomUUID() + "/claims")
                        .header("Authorization", TOKENS.account(claimant))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isNotFound());
    }

    @Test
    void limitsTheClaimsOfADay() throws Exception {
        abandoned(mail());
        for (int i = 0; i < 3; i++) {
            claim(UUID.randomUUID(), "{}").andExpect(status().isAccepted());
        }
        claim(UUID.randomUUID(), "{}").andExpect(status().isTooManyRequests());
    }

    @Test
    void whoHasNoClaimLeftUsesUpNobodysDay() throws Exception {
        abandoned(mail());
        for (int i = 0; i < 3; i++) {
            UUID other = UUID.randomUUID();
            abandoned(other, mail());
            as(
                            claimant,
                            post("/api/v1/organisations/" + other + "/claims")
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .content("{}"))
                    .andExpect(status().isAccepted());
        }
        for (int i = 0; i < 3; i++) {
            claim(claimant, "{}").andExpect(status().isTooManyRequests());
        }
        claim(UUID.randomUUID(), "{}").andExpect(status().isAccepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void thePagesOfferItToWhoeverHasSignedIn(String language) throws Exception {
        abandoned(mail(), phone());
        as(null, page("/organisations/" + id, language))
                .andExpect(content()
                        .string(allOf(containsString("/organisations/" + id + "/claim"), not(containsString("??")))));
        as(null, page("/organisations/" + id + "/claim", language)).andExpect(status().isSeeOther());
        as(claimant, page("/organisations/" + id + "/claim", language))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("i…@"), not(containsString("??")))));
        as(claimant, post("/organisations/" + id + "/claim").accept(MediaType.TEXT_HTML))
                .andExpect(status().is(422));
        as(
                        claimant,
                        post("/organisations/" + id + "/claim")
                                .accept(MediaType.TEXT_HTML)
                                .header("Accept-Language", language)
                                .param("contactPoint", "1"))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("+90…33"), not(containsString("??")))));
    }

    private static MockHttpServletRequestBuilder page(String path, String language) {
        return get(path).accept(MediaType.TEXT_HTML).header("Accept-Language", language);
    }

    @Test
    void administratorsSeeWhichNobodyRepresents() throws Exception {
        abandoned(mail());
        web.perform(page("/fragments/organisations/desk", "tr")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID())))
                .andExpect(content()
                        .string(allOf(containsString("desk-unrepresented"), containsString("Tomurcuk " + id))));
        web.perform(page("/fragments/organisations/desk", "tr")
                        .header("Authorization", TOKENS.reviewer(UUID.randomUUID())))
                .andExpect(content().string(not(containsString("desk-unrepresented"))));
        web.perform(get("/api/v1/organisations?represented=false&q=" + id)
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID())))
                .andExpect(jsonPath("$.total").value(1));
        web.perform(get("/api/v1/organisations?represented=true&q=" + id)
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID())))
                .andExpect(jsonPath("$.total").value(0));
        for (String token : List.of(TOKENS.account(claimant), TOKENS.reviewer(claimant))) {
            web.perform(get("/api/v1/organisations?represented=false").header("Authorization", token))
                    .andExpect(status().isForbidden());
        }
        web.perform(get("/api/v1/organisations?represented=false")).andExpect(status().isUnauthorized());
    }
}
