package coop.imece.gateway.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import coop.imece.gateway.Browser;
import coop.imece.gateway.Http;
import coop.imece.gateway.KeyFiles;
import coop.imece.gateway.MovableClock;
import coop.imece.gateway.SignedIn;
import coop.imece.platform.outbox.OutboxWatch;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

@ServiceTest
class OwnAccountIntegrationTests {

    private static final Duration STALE = Duration.ofMinutes(11);

    @TestConfiguration
    static class Time {

        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    OutboxWatch outboxes;

    @Autowired
    MovableClock clock;

    private Http http;
    private SignedIn signedIn;

    @BeforeEach
    void client() {
        http = new Http(port);
        signedIn = new SignedIn(http, unsealing);
    }

    private static String someMail() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@nilufer.example";
    }

    private static String somePhone() {
        return "+90555" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    }

    private Browser browser(String address) {
        return new Browser(http, signedIn.browser(address));
    }

    /// After all messages have left: one that had waited so long would close the door to everything.
    private void letTheProofGrowStale() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> mongo.getCollectionNames().stream()
                                .allMatch(name ->
                                        mongo.getCollection(name).countDocuments(Filters.exists("outbox.occurredAt"))
                                                == 0)
                        && outboxes.all().aggregates() == 0);
        clock.forward(STALE);
    }

    /// Adds an address the way a person does.
    private String added(Browser browser, String address) {
        int before = signedIn.all(address).size();
        String code = browser.sent("/account/addresses/new", "address=" + SignedIn.typed(address));
        assertThat(code).startsWith("/account/addresses/code?to=").doesNotContain("nilufer");
        assertThat(browser.open(code).status()).isEqualTo(200);
        return browser.sent(
                "/account/addresses/code",
                "to=" + code.replaceAll(".*to=", "") + "&code="
                        + signedIn.next(address, before).code());
    }

    /// The path of the page that removes the address in this place of the list.
    private static String removal(Browser browser, int place) {
        List<String> found = java.util.regex.Pattern.compile("/account/addresses/[0-9a-f-]{36}/removal")
                .matcher(browser.open("/account").body())
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
        return found.get(place);
    }

    @Test
    void whoLosesThePhoneGetsBackInByMailAndShutsThePhoneOut() {
        String phone = somePhone();
        String mail = someMail();
        Browser lost = browser(phone);
        String account = lost.account();
        assertThat(added(lost, mail)).isEqualTo("/account?done=added");
        SignedIn.Letter added = signedIn.told(phone, "address-added");
        assertThat(added.command().required("channel").asString()).isEqualTo("SMS");
        assertThat(added.command().toString()).doesNotContain(phone).doesNotContain("nilufer");
        assertThat(added.parameters().get("address")).isEqualTo("p…@nilufer.example");

        Browser recovered = browser(mail);
        signedIn.told(phone, "address-used");
        assertThat(recovered.account()).isEqualTo(account);
        Http.Answer overview = recovered.open("/account");
        assertThat(overview.body())
                .contains("+90…" + phone.substring(phone.length() - 2))
                .contains("p…@nilufer.example")
                .doesNotContain(phone)
                .doesNotContain(mail);
        String removal = removal(recovered, 0);
        assertThat(recovered.open(removal).body()).contains(phone);
        assertThat(recovered.sent(removal, "")).isEqualTo("/account?done=removed");
        assertThat(signedIn.told(mail, "address-removed").parameters().get("address"))
                .endsWith(phone.substring(phone.length() - 2));
        signedIn.told(phone, "address-removed");
        assertThat(signedIn.told(mail)).as("nobody tells an address of itself").isEqualTo(1);
        assertThat(recovered.sent("/sessions/ending", "")).isEqualTo("/sessions");

        assertThat(http.get("/api/v1/me", "Cookie", lost.cookie()).status()).isEqualTo(401);
        assertThat(recovered.account()).isEqualTo(account);
        // The number is free: whoever holds it now is somebody else.
        assertThat(browser(phone).account()).isNotEqualTo(account);
        assertThat(recovered.open("/account").body()).doesNotContain("/removal");
    }

    @Test
    void theLastAddressStays() {
        Browser browser = browser(someMail());
        String second = someMail();
        added(browser, second);
        String one = removal(browser, 0);
        String other = removal(browser, 1);
        browser.sent(one, "");
        Http.Answer refused = browser.send(other, "");
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body()).contains("role=\"alert\"");
        assertThat(browser(second).account()).isEqualTo(browser.account());
    }

    @Test
    void anothersAddressLooksLikeAnyUntilItsHolderEntersTheCode() {
        String taken = someMail();
        Browser holder = browser(taken);
        Browser stranger = browser(someMail());
        int before = signedIn.all(taken).size();

        String forTaken = stranger.sent("/account/addresses/new", "address=" + SignedIn.typed(taken));
        String forFree = stranger.sent("/account/addresses/new", "address=" + SignedIn.typed(someMail()));
        assertThat(forTaken.replaceAll("=.*", "")).isEqualTo(forFree.replaceAll("=.*", ""));
        String to = "to=" + forTaken.replaceAll(".*to=", "");
        Http.Answer guessed = stranger.send("/account/addresses/code", to + "&code=00000000");
        assertThat(guessed.status()).isEqualTo(422);
        assertThat(guessed.body()).doesNotContain("belongs to another account");

        Http.Answer proved = stranger.send(
                "/account/addresses/code",
                to + "&code=" + signedIn.next(taken, before).code());
        assertThat(proved.status()).isEqualTo(422);
        assertThat(proved.body()).contains("belongs to another account");
        assertThat(browser(taken).account()).isEqualTo(holder.account());
        // What one account encrypted, no other opens.
        assertThat(holder.sent("/account/addresses/code", to + "&code=1")).isEqualTo("/account/addresses/new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account/addresses", "/account/addresses/new", "/account/export", "/account/erasure"})
    void asksForAFreshCodeBeforeWhatABorrowedPhoneMustNotDo(String path) {
        String mail = someMail();
        Browser browser = browser(mail);
        assertThat(browser.open(path).status()).isEqualTo(200);
        letTheProofGrowStale();
        Http.Answer stale = browser.open(path);
        assertThat(stale.status()).isEqualTo(303);
        assertThat(stale.header("Location")).isEqualTo("/account/proof?return=" + path);
        assertThat(browser.send("/account/erasure", "understood=true").header("Location"))
                .isEqualTo("/account/proof?return=/account/erasure");

        Http.Answer choice = browser.open("/account/proof?return=" + path);
        assertThat(choice.status()).as(choice.body()).isEqualTo(200);
        String id = choice.body().replaceAll("(?s).*name=\"address\" value=\"([0-9a-f-]{36})\".*", "$1");
        int before = signedIn.all(mail).size();
        String code = browser.sent("/account/proof", "address=" + id + "&return=" + path);
        assertThat(browser.open(code).status()).isEqualTo(200);
        String fields = "address=" + id + "&return=" + path + "&code=";
        assertThat(browser.send("/account/proof/code", fields + "1").status()).isEqualTo(422);
        assertThat(browser.sent(
                        "/account/proof/code",
                        fields + signedIn.next(mail, before).code()))
                .isEqualTo(path);
        Http.Answer shown = browser.open(path);
        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        assertThat(shown.header("Cache-Control")).contains("no-store");
    }

    @Test
    void leadsNowhereElseAfterTheCode() {
        Browser browser = browser(someMail());
        assertThat(browser.open("/account/proof?return=//evil.example").body())
                .contains("name=\"return\" value=\"/account\"");
        assertThat(http.page("/account").header("Location")).isEqualTo("/sign-in?return=/account");
    }

    @Test
    void takesEverythingAlongAsAFile() {
        String mail = someMail();
        Browser browser = browser(mail);
        Http.Answer file = browser.open("/account/export");
        assertThat(file.header("Content-Disposition")).contains("imece-account.json");
        JsonNode json = file.json();
        assertThat(json.required("addresses").get(0).required("value").asString())
                .isEqualTo(mail);
        assertThat(json.required("account").asString()).isEqualTo(browser.account());
        assertThat(json.required("held").required("sessions").size()).isEqualTo(1);
        assertThat(file.body()).doesNotContain("secret").doesNotContain("hash");
    }

    @Test
    void erasesTheAccountAndLeavesNothingThatLeadsToIt() {
        String mail = someMail();
        Browser browser = browser(mail);
        String other = signedIn.browser(mail);
        String account = browser.account();
        assertThat(browser.send("/account/erasure", "").status()).isEqualTo(422);
        assertThat(http.get("/api/v1/me", "Cookie", other).status()).isEqualTo(200);

        Http.Answer erased = browser.send("/account/erasure", "understood=true");
        assertThat(erased.status()).as(erased.body()).isEqualTo(303);
        assertThat(erased.header("Set-Cookie")).contains("Max-Age=0");
        String erasure = erased.header("Location").replaceAll(".*/", "");
        assertThat(http.get("/api/v1/me", "Cookie", browser.cookie()).status()).isEqualTo(401);
        assertThat(http.get("/api/v1/me", "Cookie", other).status()).isEqualTo(401);

        Document left = mongo.getCollection("accounts")
                .find(new Document("_id", UUID.fromString(account)))
                .first();
        assertThat(left).isNotNull();
        assertThat(left.getString("state")).isEqualTo("ERASED");
        assertThat(left.getList("addresses", Document.class))
                .allSatisfy(
                        address -> assertThat(address.getString("encrypted")).isEmpty());
        assertThat(mongo.getCollection("sessions").countDocuments(new Document("account", UUID.fromString(account))))
                .isZero();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (TestBroker broker = new TestBroker()) {
                var commands = broker.records("platform.erasure.commands.v1", UUID.fromString(erasure));
                assertThat(commands).singleElement().satisfies(command -> {
                    String data = new String(command.value(), StandardCharsets.UTF_8);
                    ContractAssertions.assertMatchesSchema("platform.erase-subject.v1", data);
                    assertThat(data).contains(account);
                });
            }
        });

        // The address opens a new account, as if it had never been here; and that one can be erased, too.
        Browser again = browser(mail);
        assertThat(again.account()).isNotEqualTo(account);
        assertThat(again.send("/account/erasure", "understood=true").status()).isEqualTo(303);
    }

    @Test
    void aProgramOfOnesOwnDoesWhatThePagesDo() {
        String mail = someMail();
        String phone = somePhone();
        String bearer = "Bearer " + signedIn.token(mail);
        assertThat(http.get("/api/v1/account").status()).isEqualTo(401);
        JsonNode held = http.get("/api/v1/account", "Authorization", bearer)
                .json()
                .required("addresses")
                .get(0);
        assertThat(held.required("masked").asString()).isEqualTo("p…@nilufer.example");
        String id = held.required("id").asString();

        assertThat(post("/addresses", "{\"phone\":\"05551112233\"}", bearer)).isEqualTo(422);
        assertThat(post("/addresses", "{\"phone\":\"%s\"}".formatted(phone), bearer))
                .isEqualTo(202);
        String code = signedIn.next(phone, 0).code();
        String wrong = code.equals("11111111") ? "22222222" : "11111111";
        String proved = "{\"phone\":\"%s\",\"code\":\"%s\"}";
        assertThat(post("/addresses/confirmation", proved.formatted(phone, wrong), bearer))
                .isEqualTo(422);
        assertThat(post("/addresses/confirmation", proved.formatted(phone, code), bearer))
                .isEqualTo(200);

        letTheProofGrowStale();
        assertThat(delete("/addresses/" + id, bearer)).isEqualTo(403);
        assertThat(post("/erasure", "{}", bearer)).isEqualTo(403);
        String thiefs = someMail();
        assertThat(http.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(thiefs))
                        .status())
                .isEqualTo(202);
        String own = "{\"email\":\"%s\",\"code\":\"%s\"}"
                .formatted(thiefs, signedIn.next(thiefs, 0).code());
        assertThat(post("/addresses/confirmation", own, bearer))
                .as("a code that came by signing in adds no address to a borrowed account")
                .isEqualTo(403);
        assertThat(http.get("/api/v1/account/export", "Authorization", bearer).body())
                .contains("proof-needed");
        int before = signedIn.all(mail).size();
        assertThat(post("/proof", "{\"address\":\"%s\"}".formatted(id), bearer)).isEqualTo(202);
        String fresh = signedIn.next(mail, before).code();
        String given = "{\"address\":\"%s\",\"code\":\"%s\"}";
        assertThat(post("/proof", "{\"address\":\"%s\"}".formatted(UUID.randomUUID()), bearer))
                .isEqualTo(422);
        assertThat(post("/proof/confirmation", given.formatted(id, fresh), bearer))
                .isEqualTo(204);
        assertThat(delete("/addresses/" + id, bearer)).isEqualTo(204);
        assertThat(delete("/addresses/" + id, bearer)).isEqualTo(404);
        JsonNode rest =
                http.get("/api/v1/account", "Authorization", bearer).json().required("addresses");
        assertThat(rest.size()).isEqualTo(1);
        assertThat(delete("/addresses/" + rest.get(0).required("id").asString(), bearer))
                .isEqualTo(409);
        assertThat(post("/erasure", "{}", bearer)).isEqualTo(202);
        assertThat(http.get("/api/v1/account", "Authorization", bearer).status())
                .isEqualTo(401);
    }

    private int post(String path, String json, String bearer) {
        return http.post("/api/v1/account" + path, json, "Authorization", bearer)
                .status();
    }

    private int delete(String path, String bearer) {
        return http.send("DELETE", "/api/v1/account" + path, BodyPublishers.noBody(), "Authorization", bearer)
                .status();
    }

    @Test
    void readsWhatWasStoredBeforeAccountsHadAnOutboxAndSessionsAProof() {
        String mail = someMail();
        Browser browser = browser(mail);
        UUID account = UUID.fromString(browser.account());
        Document gone = new Document("sequence", "")
                .append("outbox", "")
                .append("state", "")
                .append("changedAt", "");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> mongo.getCollection("accounts")
                                .countDocuments(new Document("_id", account).append("outbox", new Document("$size", 0)))
                        == 1);
        mongo.getCollection("accounts").updateOne(new Document("_id", account), new Document("$unset", gone));
        mongo.getCollection("sessions")
                .updateMany(new Document("account", account), new Document("$unset", new Document("provedAt", "")));
        assertThat(browser.open("/account/addresses").body()).contains(mail);
        assertThat(browser(mail).account()).isEqualTo(account.toString());
    }

    @Test
    void theOnlyAdministratorStays() {
        Browser administrator = browser(KeyFiles.ADMINISTRATOR);
        assertThat(administrator.open("/account/erasure").body()).contains("only administrator");
        Http.Answer refused = administrator.send("/account/erasure", "understood=true");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(administrator.account()).isNotBlank();
    }

    @Test
    void ofTwoAdministratorsWhoLeaveAtTheSameMomentOneStays() {
        Browser first = browser(KeyFiles.ADMINISTRATOR);
        Browser second = browser(someMail());
        String page = "/accounts/" + second.account();
        String roles = page + "/network-roles";
        first.sent(roles, "version=" + version(first.open(page)) + "&networkRoles=ADMINISTRATOR");
        Document leaving = new Document("_id", UUID.fromString(first.account())).append("since", clock.instant());
        mongo.getCollection("leaving_administrators").insertOne(leaving);

        assertThat(second.send("/account/erasure", "understood=true").status()).isEqualTo(409);
        Http.Answer demoted = first.send(roles, "version=" + version(first.open(page)) + "&networkRoles=REVIEWER");
        assertThat(demoted.status()).isEqualTo(409);
        assertThat(mongo.getCollection("leaving_administrators").countDocuments())
                .as("who was refused is not leaving")
                .isEqualTo(1);

        mongo.getCollection("leaving_administrators").deleteOne(leaving);
        assertThat(second.sent("/account/erasure", "understood=true")).startsWith("/erasures/");
        assertThat(first.open("/accounts").status()).isEqualTo(200);
    }

    @Test
    void anAdministratorAppointsWhomTheyKnowAndNobodyElseLooks() {
        String mail = someMail();
        Browser person = browser(mail);
        Browser administrator = browser(KeyFiles.ADMINISTRATOR);
        assertThat(person.open("/accounts").status()).isEqualTo(403);
        assertThat(person.send("/accounts/search", "address=" + SignedIn.typed(mail))
                        .status())
                .isEqualTo(403);
        assertThat(person.send("/accounts/" + person.account() + "/network-roles", "networkRoles=ADMINISTRATOR")
                        .status())
                .isEqualTo(403);
        assertThat(http.page("/accounts").header("Location")).isEqualTo("/sign-in?return=/accounts");

        Http.Answer holders = administrator.open("/accounts");
        assertThat(holders.status()).as(holders.body()).isEqualTo(200);
        assertThat(holders.body()).contains("a…@imece.example").doesNotContain(KeyFiles.ADMINISTRATOR);
        assertThat(administrator
                        .send("/accounts/search", "address=" + SignedIn.typed(someMail()))
                        .status())
                .isEqualTo(422);
        String found = administrator.sent("/accounts/search", "address=" + SignedIn.typed(mail));
        assertThat(found).isEqualTo("/accounts/" + person.account());
        String version = version(administrator.open(found));
        String roles = found + "/network-roles";
        assertThat(administrator.send(roles, "version=77&networkRoles=REVIEWER").status())
                .isEqualTo(412);
        assertThat(administrator.sent(roles, "version=" + version + "&networkRoles=REVIEWER"))
                .isEqualTo(found + "?done");
        assertThat(administrator.open("/accounts").body()).contains("p…@nilufer.example");
        assertThat(http.get("/api/v1/accounts?role=REVIEWER", "Cookie", administrator.cookie())
                        .body())
                .contains(person.account());
        assertThat(http.get("/api/v1/accounts?role=KING", "Cookie", administrator.cookie())
                        .status())
                .isEqualTo(400);
        assertThat(http.get("/api/v1/accounts?role=REVIEWER", "Cookie", person.cookie())
                        .status())
                .isEqualTo(403);

        String own = "/accounts/" + administrator.account();
        Http.Answer refused = administrator.send(
                own + "/network-roles", "version=" + version(administrator.open(own)) + "&networkRoles=REVIEWER");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(administrator.open("/accounts").status()).isEqualTo(200);
    }

    private static String version(Http.Answer page) {
        return page.body().replaceAll("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void speaksFiveLanguages(String language) {
        Browser administrator = browser(KeyFiles.ADMINISTRATOR);
        for (String path : List.of(
                "/account",
                "/account/addresses",
                "/account/addresses/new",
                "/account/proof",
                "/account/erasure",
                "/sessions",
                "/accounts",
                "/accounts/" + administrator.account())) {
            Http.Answer page = administrator.open(path + "?lang=" + language);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.body())
                    .as(path)
                    .contains("lang=\"" + language + "\"")
                    .doesNotContain("??");
        }
    }

    @Test
    void whoSignedInAndOutIsInTheAuditByTheSession() {
        String mail = someMail();
        Browser browser = browser(mail);
        String account = browser.account();
        signedIn.browser(mail);
        String token = signedIn.token(mail);
        browser.sent("/sessions/ending", "");
        assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token).status())
                .isEqualTo(401);
        browser.send("/sign-out", "");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<String> told = audited(account);
            assertThat(told).allSatisfy(entry -> assertThat(entry).doesNotContain(mail));
            assertThat(told)
                    .filteredOn(entry -> entry.contains("POST /sign-in/code"))
                    .hasSize(2);
            assertThat(told)
                    .filteredOn(entry -> entry.contains("POST /api/v1/sign-in/code"))
                    .hasSize(1);
            assertThat(told)
                    .filteredOn(entry -> entry.contains("POST /sessions/ending"))
                    .hasSize(2);
            assertThat(told)
                    .filteredOn(entry -> entry.contains("POST /sign-out"))
                    .hasSize(1);
        });
        assertThat(mongo.getCollection("sessions").countDocuments(new Document("account", UUID.fromString(account))))
                .as("an ended session leads to nobody")
                .isZero();
    }

    /// What the audit says of the sessions of an account.
    private static List<String> audited(String account) {
        try (TestBroker broker = new TestBroker()) {
            return broker.records("platform.audit.v1").stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .filter(entry ->
                            entry.contains("\"aggregate\":\"sessions\"") && entry.contains("\"account\":\"" + account))
                    .toList();
        }
    }
}
