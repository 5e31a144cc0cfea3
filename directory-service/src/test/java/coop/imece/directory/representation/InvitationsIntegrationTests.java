package coop.imece.directory.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.store.DayQuota;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class InvitationsIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final String TOPIC = "notification.message.commands.v1";
    private static final String ADDRESS = "dana@agudah.example";

    @Autowired
    private MockMvc web;

    @Autowired
    private Representatives representatives;

    @Autowired
    private Invitations invitations;

    @Autowired
    private InvitationAcceptance acceptance;

    @Autowired
    private DayQuota quota;

    @Autowired
    private Unsealing unsealing;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private JsonMapper json;

    private final TestBroker broker = new TestBroker();
    private final UUID organisation = UUID.randomUUID();
    private final UUID representative = UUID.randomUUID();
    private final UUID invited = UUID.randomUUID();
    private final String path = "/api/v1/organisations/" + organisation;

    @BeforeEach
    void register() throws Exception {
        web.perform(put(path)
                        .header("Authorization", TOKENS.account(representative))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"type":"COOPERATIVE","kind":"KGI","name":{"tr":"Tomurcuk %s"},
                                 "place":{"country":"TR","region":"TR-16"}}""".formatted(organisation)))
                .andExpect(status().isCreated());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    /// What notification-service finds in the sealed part.
    record Content(String address, Map<String, String> parameters) {}

    /// An invitation as its recipient has it.
    record Received(UUID id, String token, Content content) {}

    private ResultActions invite(UUID by, String body) throws Exception {
        return as(
                by,
                post(path + "/invitations")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body));
    }

    private Received invite(String role) throws Exception {
        String answer = invite(
                        representative,
                        "{\"email\":\"%s\",\"role\":\"%s\",\"language\":\"he\"}".formatted(ADDRESS, role))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        return received(UUID.fromString(json.readTree(answer).path("id").asString()));
    }

    private Received received(UUID invitation) {
        UUID message = Ids.derived("invitation-message", invitation.toString());
        var records = await().atMost(Duration.ofSeconds(20))
                .until(() -> broker.records(TOPIC, message), found -> !found.isEmpty());
        assertThat(records).hasSize(1);
        String data = new String(records.getFirst().value(), StandardCharsets.UTF_8);
        ContractAssertions.assertMatchesSchema("notification.send-message.v1", data);
        assertThat(data).doesNotContain(ADDRESS);
        Content content = unsealing.open(json.readTree(data).path("sealed").asString(), Content.class);
        String link = content.parameters().get("link");
        return new Received(invitation, link.substring(link.lastIndexOf('/') + 1), content);
    }

    private ResultActions as(@Nullable UUID account, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(account == null ? request : request.header("Authorization", TOKENS.account(account)));
    }

    private ResultActions accept(@Nullable UUID account, String token) throws Exception {
        return as(account, post("/api/v1/invitations/" + token + "/acceptance"));
    }

    private ResultActions page(@Nullable UUID account, String address, String language) throws Exception {
        return as(account, get(address).accept(MediaType.TEXT_HTML).header("Accept-Language", language));
    }

    private ResultActions press(@Nullable UUID account, String address, String... form) throws Exception {
        var request = post(address)
                .accept(MediaType.TEXT_HTML)
                .header("Accept-Language", "tr")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED);
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        return as(account, request);
    }

    @Test
    void whoIsInvitedAcceptsOnceAndActsForTheOrganisation() throws Exception {
        Received received = invite("EDITOR");
        assertThat(received.content().address()).isEqualTo(ADDRESS);
        assertThat(received.content().parameters())
                .containsEntry("organisation", "Tomurcuk " + organisation)
                .containsEntry("role", "EDITOR");
        assertThat(received.token()).as("128 bits").hasSizeGreaterThanOrEqualTo(22);
        as(representative, get(path + "/invitations"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.items[0].to").value("d…@agudah.example"))
                .andExpect(content().string(not(containsString(received.token()))));
        page(representative, "/fragments/organisations/desk", "tr")
                .andExpect(content().string(containsString("Henüz kabul edilmeyen davet: 1")));

        accept(null, received.token()).andExpect(status().isUnauthorized());
        accept(invited, received.token())
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.role").value("EDITOR"));
        assertThat(representatives.roleOf(organisation, invited)).contains(OrganisationRole.EDITOR);
        page(representative, "/fragments/organisations/desk", "tr")
                .andExpect(content().string(not(containsString("Henüz kabul edilmeyen davet"))));
        accept(invited, received.token()).andExpect(status().isCreated());
        accept(UUID.randomUUID(), received.token())
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("invitation-used")));
        as(representative, get(path + "/invitations"))
                .andExpect(jsonPath("$.total").value(0));
        page(representative, "/organisations/" + organisation + "/people", "tr")
                .andExpect(content().string(containsString("d…@agudah.example")));
    }

    @Test
    void neitherAddressNorLinkIsKept() throws Exception {
        Received received = invite("VIEWER");

        String stored = mongo.getCollection("invitations")
                .find(new Document("_id", received.id()))
                .first()
                .toJson();
        assertThat(stored).doesNotContain(ADDRESS).doesNotContain(received.token());
        assertThat(String.valueOf(invitations.findById(received.id()).orElseThrow()))
                .doesNotContain(ADDRESS);
    }

    @Test
    void anErasedAccountLeavesNoHintOfItsAddress() throws Exception {
        Received received = invite("EDITOR");
        accept(invited, received.token()).andExpect(status().isCreated());

        assertThat(representatives.accountErased(invited)).isEqualTo(2);
        assertThat(representatives.accountErased(invited)).isZero();

        assertThat(invitations.findById(received.id()).orElseThrow().masked()).isEmpty();
        assertThat(mongo.getCollection("representations")
                        .find(new Document("_id", Representation.idOf(organisation, invited)))
                        .first()
                        .toJson())
                .doesNotContain("agudah");
    }

    @Test
    void looksAtALinkAreHarmlessHoweverMany() throws Exception {
        Received received = invite("REPORTER");
        String address = "/invitations/" + received.token();
        for (int i = 0; i < 3; i++) {
            page(null, address, "en").andExpect(status().isOk());
            page(invited, address, "en").andExpect(status().isOk());
            as(invited, head(address)).andExpect(status().isOk());
            as(invited, get("/api/v1" + address))
                    .andExpect(jsonPath("$.state").value("OPEN"))
                    .andExpect(header().string("Cache-Control", containsString("no-store")));
        }
        assertThat(representatives.roleOf(organisation, invited)).isEmpty();
        as(invited, get("/api/v1/invitations/invented")).andExpect(status().isNotFound());
        page(invited, "/invitations/" + "x".repeat(3000), "en").andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @CsvSource({
        "tr, ltr, Raportör, Giriş yapın",
        "en, ltr, Reporter, Sign in",
        "sl, ltr, Poročevalec, Prijavite se",
        "he, rtl, דיווח, כניסה",
        "it, ltr, Rendicontazione, Accedi"
    })
    void thePageSaysForWhatAndAsksToSignInFirst(String language, String direction, String role, String signIn)
            throws Exception {
        Received received = invite("REPORTER");
        String address = "/invitations/" + received.token();
        page(null, address, language)
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("dir=\"" + direction + "\""),
                                containsString("Tomurcuk " + organisation),
                                containsString(role),
                                containsString(signIn),
                                containsString("/sign-in?return=%2Finvitations%2F" + received.token()),
                                not(containsString("method=\"post\" action=\"" + address)),
                                not(containsString("??")))));
        page(invited, address, language).andExpect(content().string(containsString("action=\"" + address + "\"")));
        page(representative, "/organisations/" + organisation + "/people", language)
                .andExpect(content()
                        .string(allOf(
                                containsString("dir=\"" + direction + "\""),
                                containsString(role),
                                containsString("d…@agudah.example"),
                                not(containsString("??")))));
        page(representative, "/organisations/" + organisation + "/people/" + representative + "/dismissal", language)
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("??"))));
    }

    @Test
    void aWithdrawnAnExpiredAndAnOrphanedInvitationSaySo() throws Exception {
        Received withdrawn = invite("EDITOR");
        as(representative, delete(path + "/invitations/" + withdrawn.id())).andExpect(status().isNoContent());
        as(representative, delete(path + "/invitations/" + withdrawn.id())).andExpect(status().isNoContent());
        assertRefused(withdrawn, "invitation-withdrawn", "Bu bağlantı artık geçerli değil");

        Received expired = invite("EDITOR");
        mongo.getCollection("invitations")
                .updateOne(
                        new Document("_id", expired.id()),
                        new Document("$set", new Document("expiresAt", Date.from(Instant.EPOCH))));
        assertRefused(expired, "invitation-expired", "Bu bağlantının süresi dolmuş");

        Received orphaned = invite("EDITOR");
        UUID other = UUID.randomUUID();
        as(
                        representative,
                        post(path + "/representatives")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"account\":\"" + other + "\"}"))
                .andExpect(status().isCreated());
        as(other, delete(path + "/representatives/" + representative)).andExpect(status().isNoContent());
        assertRefused(orphaned, "invitation-withdrawn", "Bu bağlantı artık geçerli değil");
        as(other, get(path + "/invitations")).andExpect(jsonPath("$.total").value(0));
    }

    private void assertRefused(Received received, String slug, String words) throws Exception {
        accept(invited, received.token())
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString(slug)));
        page(invited, "/invitations/" + received.token(), "tr")
                .andExpect(content().string(allOf(containsString(words), not(containsString("method=\"post\"")))));
        press(invited, "/invitations/" + received.token()).andExpect(status().isConflict());
        assertThat(representatives.roleOf(organisation, invited)).isEmpty();
    }

    @Test
    void isForRepresentativesAndAdministratorsToGive() throws Exception {
        String body = "{\"email\":\"dana@agudah.example\",\"role\":\"EDITOR\"}";
        invite(UUID.randomUUID(), body).andExpect(status().isNotFound());
        as(
                        null,
                        post(path + "/invitations")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body))
                .andExpect(status().isUnauthorized());
        Received received = invite("EDITOR");
        accept(invited, received.token()).andExpect(status().isCreated());
        invite(invited, body).andExpect(status().isForbidden());
        as(invited, get(path + "/invitations")).andExpect(status().isForbidden());
        as(invited, delete(path + "/invitations/" + received.id())).andExpect(status().isForbidden());
        web.perform(post(path + "/invitations")
                        .header("Authorization", TOKENS.administrator(UUID.randomUUID()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isCreated());
        web.perform(post(path + "/invitations")
                        .header("Authorization", TOKENS.program(UUID.randomUUID(), organisation, "directory:write"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andExpect(status().isForbidden());
        as(representative, delete("/api/v1/organisations/" + UUID.randomUUID() + "/invitations/" + received.id()))
                .andExpect(status().isNotFound());
    }

    @Test
    void allowsTwentyOpenInvitationsAndSoManyADay() throws Exception {
        for (int i = 0; i < Inviting.MOST_OPEN; i++) {
            invite(representative, "{\"email\":\"dana%d@agudah.example\"}".formatted(i))
                    .andExpect(status().isCreated());
        }
        invite(representative, "{\"email\":\"dana@agudah.example\"}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("too-many-invitations")));
        press(
                        representative,
                        "/organisations/" + organisation + "/people/invitations",
                        "id",
                        UUID.randomUUID().toString(),
                        "address",
                        "dana@agudah.example",
                        "role",
                        "EDITOR",
                        "language",
                        "tr")
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("Çok fazla açık davet var")));
    }

    @Test
    void countsADayExactlyHoweverManyAskAtOnce() throws Exception {
        String whose = "test/" + UUID.randomUUID();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> taking = () -> quota.take(whose, 10);
            assertThat(pool.invokeAll(Collections.nCopies(40, taking)).stream()
                            .map(Future::resultNow)
                            .filter(Boolean::booleanValue))
                    .hasSize(10);
        }
        assertThat(quota.take(whose, 10)).isFalse();
    }

    @Test
    void theSameKeyInvitesOnce() throws Exception {
        String first = keyed();
        String second = keyed();

        assertThat(second).isEqualTo(first);
        received(UUID.fromString(json.readTree(first).path("id").asString()));
        as(representative, get(path + "/invitations"))
                .andExpect(jsonPath("$.total").value(1));
    }

    private String keyed() throws Exception {
        return as(
                        representative,
                        post(path + "/invitations")
                                .header("Idempotency-Key", "invite-" + organisation)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"phone\":\"+905551112233\",\"role\":\"VIEWER\"}"))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | 400 | ",
                "{} | 422 | #/email",
                "{\"email\":\"a@b.example\",\"phone\":\"+905551112233\"} | 422 | #/phone",
                "{\"email\":\"bozuk\"} | 422 | #/email",
                "{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"} | 422 | #/email",
                "{\"phone\":\"5551112233\"} | 422 | #/phone",
                "{\"phone\":\"+902242223344\"} | 422 | #/phone",
                "{\"phone\":\"+8801712345678\"} | 422 | #/phone",
                "{\"email\":\"a@b.example\",\"role\":\"KING\"} | 422 | #/role",
                "{\"email\":\"a@b.example\",\"language\":\"xx\"} | 422 | #/language",
                "{\"email\":\"a@b.example\",\"state\":\"ACCEPTED\"} | 422 | #/state"
            })
    void saysOfBadInputWhatIsWrongWhere(String body, int status, String pointer) throws Exception {
        ResultActions answer = invite(representative, body).andExpect(status().is(status));
        if (pointer != null) {
            answer.andExpect(jsonPath("$.errors[0].pointer").value(pointer));
        }
        as(representative, get(path + "/invitations"))
                .andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void handsOverAsSoonAsTheInvitationIsAccepted() throws Exception {
        Received lower = invite("EDITOR");
        handOver(lower.id()).andExpect(status().isConflict());
        Received received = invite("REPRESENTATIVE");
        handOver(received.id()).andExpect(status().isAccepted());
        assertThat(representatives.represents(organisation, representative)).isTrue();

        accept(invited, received.token()).andExpect(status().isCreated());

        assertThat(representatives.represents(organisation, invited)).isTrue();
        assertThat(representatives.roleOf(organisation, representative)).isEmpty();
        handOver(received.id()).andExpect(status().isNotFound());
    }

    private ResultActions handOver(UUID invitation) throws Exception {
        return as(
                representative,
                post(path + "/handover")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"invitation\":\"" + invitation + "\"}"));
    }

    @Test
    void anAcceptanceCutShortHealsAndIsNotRepeatedAfterADismissal() throws Exception {
        Received received = invite("EDITOR");
        Invitation accepted = invitations.findById(received.id()).orElseThrow();
        accepted.accept(invited, representatives.now());
        invitations.save(accepted);

        acceptance.finishAccepted();

        assertThat(representatives.roleOf(organisation, invited)).contains(OrganisationRole.EDITOR);
        as(representative, delete(path + "/representatives/" + invited)).andExpect(status().isNoContent());
        mongo.getCollection("invitations")
                .updateOne(
                        new Document("_id", received.id()),
                        new Document("$set", new Document("unfinishedSince", new Date())));
        acceptance.finishAccepted();
        assertThat(representatives.roleOf(organisation, invited))
                .as("dismissed since")
                .isEmpty();
        accept(invited, received.token()).andExpect(status().isCreated());
        assertThat(representatives.roleOf(organisation, invited)).isEmpty();
    }

    @Test
    void aRepresentativeLosesNothingByALowerInvitation() throws Exception {
        Received received = invite("VIEWER");
        accept(representative, received.token()).andExpect(status().isCreated());

        assertThat(representatives.represents(organisation, representative)).isTrue();
    }

    @Test
    void thePageOfPeopleInvitesChangesDismissesAndLetsLeave() throws Exception {
        String people = "/organisations/" + organisation + "/people";
        page(null, people, "tr").andExpect(status().isSeeOther());
        page(UUID.randomUUID(), people, "tr").andExpect(status().isNotFound());
        page(representative, "/organisations/" + organisation, "tr")
                .andExpect(content().string(containsString("href=\"" + people + "\"")));
        press(
                        representative,
                        people + "/invitations",
                        "id",
                        UUID.randomUUID().toString(),
                        "address",
                        "bozuk",
                        "role",
                        "EDITOR")
                .andExpect(status().is(422))
                .andExpect(content().string(allOf(containsString("bozuk"), containsString("href=\"#f-address\""))));
        UUID id = UUID.randomUUID();
        press(
                        representative,
                        people + "/invitations",
                        "id",
                        id.toString(),
                        "address",
                        " 0555 111 22 33 ",
                        "role",
                        "EDITOR",
                        "language",
                        "tr")
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", people + "?done=invited"));
        Received received = received(id);
        assertThat(received.content().address()).isEqualTo("+905551112233");
        page(representative, people + "?done=invited", "tr")
                .andExpect(content().string(allOf(containsString("Davet gönderildi"), containsString("+90…33"))));

        press(null, "/invitations/" + received.token()).andExpect(status().isSeeOther());
        press(invited, "/invitations/" + received.token())
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/organisations/" + organisation + "?done=joined"));
        page(invited, "/organisations/" + organisation + "?done=joined", "tr")
                .andExpect(content().string(containsString("Artık bu kuruluş adına çalışıyorsunuz")));
        page(invited, people, "tr")
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("/people/" + invited + "/dismissal"),
                                not(containsString(representative.toString())),
                                not(containsString("name=\"address\"")))));

        press(representative, people + "/" + invited + "/role", "role", "VIEWER", "version", "7")
                .andExpect(status().isPreconditionFailed());
        press(representative, people + "/" + invited + "/role", "role", "VIEWER", "version", "0")
                .andExpect(status().isSeeOther());
        press(representative, people + "/" + representative + "/role", "role", "VIEWER", "version", "0")
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("Son temsilci kalır")));
        page(representative, people + "/" + invited + "/dismissal", "tr")
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("yeniden davet edilmesi gerekir")));
        assertThat(representatives.roleOf(organisation, invited)).contains(OrganisationRole.VIEWER);
        press(representative, people + "/" + invited + "/dismissal").andExpect(status().isSeeOther());
        assertThat(representatives.roleOf(organisation, invited)).isEmpty();
        page(invited, people, "tr").andExpect(status().isNotFound());
    }
}
