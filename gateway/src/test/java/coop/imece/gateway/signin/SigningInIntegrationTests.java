package coop.imece.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.gateway.Http;
import coop.imece.gateway.KeyFiles;
import coop.imece.gateway.SignedIn;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;

@ServiceTest
class SigningInIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    @Autowired
    MongoTemplate mongo;

    private Http http;
    private SignedIn signedIn;

    @BeforeEach
    void client() {
        http = new Http(port);
        signedIn = new SignedIn(http, unsealing);
    }

    private static String someone() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@nilufer.example";
    }

    private Http.Answer ask(String email) {
        return http.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(email));
    }

    private Http.Answer tryCode(String email, String code) {
        return http.post("/api/v1/sign-in/code", "{\"email\":\"%s\",\"code\":\"%s\"}".formatted(email, code));
    }

    private Http.Answer me(String token) {
        return http.get("/api/v1/me", "Authorization", "Bearer " + token);
    }

    @Test
    void aProgramGetsATokenForTheCodeInTheMail() {
        String email = someone();
        Http.Answer asked =
                http.post("/api/v1/sign-in", "{\"email\":\"%s\"}".formatted(email), "Accept-Language", "he");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        SignedIn.Letter letter = signedIn.last(email);
        assertThat(letter.code()).matches("\\d{8}");
        assertThat(letter.link()).matches("/sign-in/link/[A-Za-z0-9_-]{43}");
        assertThat(letter.command().required("template").asString()).isEqualTo("sign-in");
        assertThat(letter.command().required("channel").asString()).isEqualTo("EMAIL");
        assertThat(letter.command().required("language").asString()).isEqualTo("he");

        Http.Answer answer = http.post(
                "/api/v1/sign-in/code",
                "{\"email\":\"%s\",\"code\":\"%s\",\"deviceName\":\"accounting\"}"
                        .formatted(email.toUpperCase(Locale.ROOT), letter.code()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().required("expiresAt").asString()).startsWith("20");
        String token = answer.json().required("token").asString();
        assertThat(token).hasSize(43);
        assertThat(me(token).json().required("networkRoles").isEmpty()).isTrue();
        assertThat(me(token).json().required("organisations").isEmpty()).isTrue();
        Http.Answer sessions = http.get("/api/v1/sessions", "Authorization", "Bearer " + token);
        assertThat(sessions.json()
                        .required("items")
                        .get(0)
                        .required("deviceName")
                        .asString())
                .isEqualTo("accounting");
    }

    @Test
    void aPhoneGetsItsCodeBySms() {
        String phone = "+90555" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
        assertThat(http.post("/api/v1/sign-in", "{\"phone\":\"%s\"}".formatted(phone))
                        .status())
                .isEqualTo(202);
        SignedIn.Letter letter = signedIn.last(phone);
        assertThat(letter.command().required("channel").asString()).isEqualTo("SMS");
        assertThat(http.post(
                                "/api/v1/sign-in/code",
                                "{\"phone\":\"%s\",\"code\":\"%s\"}".formatted(phone, letter.code()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingReadableIsStored() {
        String email = someone();
        String token = signedIn.token(email);
        String local = email.substring(0, email.indexOf('@'));
        for (String collection : mongo.getCollectionNames()) {
            for (Document document : mongo.findAll(Document.class, collection)) {
                assertThat(document.toString())
                        .as(collection)
                        .doesNotContain(local)
                        .doesNotContain(token);
            }
        }
    }

    @Test
    void aKnownAndAnUnknownAddressGetTheSameAnswer() {
        String known = someone();
        signedIn.token(known);
        Http.Answer toKnown = ask(known);
        Http.Answer toUnknown = ask(someone());
        assertThat(toKnown.status()).isEqualTo(toUnknown.status()).isEqualTo(202);
        assertThat(toKnown.body()).isEqualTo(toUnknown.body());
        assertThat(toKnown.raw().headers().map().keySet())
                .isEqualTo(toUnknown.raw().headers().map().keySet());
        Http.Answer wrongOfKnown = tryCode(known, "00000000");
        Http.Answer wrongOfUnknown = tryCode(someone(), "00000000");
        assertThat(wrongOfKnown.status()).isEqualTo(wrongOfUnknown.status()).isEqualTo(422);
        assertThat(wrongOfKnown.body()).isEqualTo(wrongOfUnknown.body()).contains("wrong-code");
    }

    @Test
    void aCodeIsGoodOnceEvenForManyAtATime() throws InterruptedException {
        String email = someone();
        ask(email);
        String code = signedIn.last(email).code();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> attempt = () -> tryCode(email, code).status();
            List<Integer> statuses = pool.invokeAll(Collections.nCopies(8, attempt)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 422);
        }
    }

    @Test
    void fiveWrongTriesSpendTheCodeEvenAllAtOnce() throws InterruptedException {
        String email = someone();
        ask(email);
        String code = signedIn.last(email).code();
        String wrong = code.equals("11111111") ? "22222222" : "11111111";
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> attempt = () -> tryCode(email, wrong).status();
            pool.invokeAll(Collections.nCopies(6, attempt));
        }
        assertThat(tryCode(email, code).status()).isEqualTo(422);
    }

    @Test
    void anAddressHasOneAccountHoweverOftenItSignsIn() {
        String email = someone();
        String account = me(signedIn.token(email)).json().required("account").asString();
        assertThat(me(signedIn.token(email)).json().required("account").asString())
                .isEqualTo(account);
    }

    @Test
    void theAddressNamedByTheInstallationAdministersTheNetwork() {
        String token = signedIn.token(KeyFiles.ADMINISTRATOR);
        assertThat(me(token).json().required("networkRoles").get(0).asString()).isEqualTo("ADMINISTRATOR");
    }

    @Test
    void anAdministratorMakesAReviewerAndNobodyElseDoes() {
        String administrator = "Bearer " + signedIn.token(KeyFiles.ADMINISTRATOR);
        String person = "Bearer " + signedIn.token(someone());
        String id = http.get("/api/v1/me", "Authorization", person)
                .json()
                .required("account")
                .asString();
        String path = "/api/v1/accounts/" + id;
        assertThat(http.get(path).status()).isEqualTo(401);
        assertThat(http.get(path, "Authorization", person).status()).isEqualTo(403);
        assertThat(http.get("/api/v1/accounts/" + UUID.randomUUID(), "Authorization", administrator)
                        .status())
                .isEqualTo(404);
        String etag = http.get(path, "Authorization", administrator).header("ETag");
        String roles = "{\"networkRoles\":[\"REVIEWER\"]}";
        assertThat(put(path, roles, "Authorization", person, "If-Match", etag).status())
                .isEqualTo(403);
        assertThat(put(path, roles, "Authorization", administrator).status()).isEqualTo(428);
        assertThat(put(path, roles, "Authorization", administrator, "If-Match", "\"77\"")
                        .status())
                .isEqualTo(412);
        assertThat(put(path, "{\"networkRoles\":[\"KING\"]}", "Authorization", administrator, "If-Match", etag)
                        .status())
                .isEqualTo(422);
        assertThat(put(path, roles, "Authorization", administrator, "If-Match", etag)
                        .status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> http.get("/api/v1/me", "Authorization", person)
                        .json()
                        .required("networkRoles")
                        .toString()
                        .equals("[\"REVIEWER\"]"));
    }

    private Http.Answer put(String path, String json, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return http.send("PUT", path + "/network-roles", BodyPublishers.ofString(json), all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|required",
                "{\"email\":\"a@b.example\",\"phone\":\"+905551112233\"}|422|one-address",
                "{\"email\":\"nobody\"}|422|invalid-email",
                "{\"email\":\"a@b.example\\r\\nBcc: c@d.example\"}|422|invalid-email",
                "{\"phone\":\"05551112233\"}|422|invalid-phone",
                "{\"email\":7}|422|wrong-type",
                "{\"mail\":\"a@b.example\"}|422|unknown-field",
                "{\"email\":|400|malformed",
                "[]|422|wrong-type"
            })
    void refusesWhatIsNoAddress(String body, int status, String code) {
        Http.Answer answer = http.post("/api/v1/sign-in", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aBrowserSignsInByCodeAndSignsOut() {
        String email = someone();
        Http.Answer page = http.page("/sign-in?return=/gatherings/new");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"/gatherings/new\"");

        Http.Answer asked =
                http.form("/sign-in", "address=" + email.replace("@", "%40") + "&return=%2Fgatherings%2Fnew");
        assertThat(asked.status()).as(asked.body()).isEqualTo(303);
        String next = asked.header("Location");
        assertThat(next).startsWith("/sign-in/code?to=").doesNotContain("nilufer");
        assertThat(http.page(next).body()).contains("p…@nilufer.example").doesNotContain(email);

        String to = next.replaceAll(".*to=([^&]+).*", "$1");
        Http.Answer wrong = http.form("/sign-in/code", "to=" + to + "&code=1&return=%2Fgatherings%2Fnew");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"");

        String code = signedIn.last(email).code();
        String inGroups = code.substring(0, 4) + "+" + code.substring(4);
        Http.Answer done = http.form("/sign-in/code", "to=" + to + "&code=" + inGroups + "&return=%2Fgatherings%2Fnew");
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        assertThat(done.header("Location")).isEqualTo("/gatherings/new");
        assertThat(done.header("Set-Cookie"))
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .doesNotContain("Secure");

        String cookie = done.cookie();
        assertThat(http.get("/api/v1/me", "Cookie", cookie).status()).isEqualTo(200);
        Http.Answer sessions = http.page("/sessions", "Cookie", cookie);
        assertThat(sessions.status()).as(sessions.body()).isEqualTo(200);
        assertThat(sessions.body()).contains("/ending");

        Http.Answer out = http.form("/sign-out", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(http.get("/api/v1/me", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void openingTheLinkChangesNothingAndItsButtonSignsInOnce() {
        String email = someone();
        ask(email);
        String link = signedIn.last(email).link();
        for (int scanner = 0; scanner < 3; scanner++) {
            Http.Answer page = http.page(link);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            assertThat(page.header("Cache-Control")).contains("no-store");
            assertThat(page.headers("Set-Cookie")).isEmpty();
        }
        Http.Answer pressed = http.form(link, "", "Sec-Fetch-Site", "same-origin");
        assertThat(pressed.status()).as(pressed.body()).isEqualTo(303);
        assertThat(http.get("/api/v1/me", "Cookie", pressed.cookie()).status()).isEqualTo(200);
        assertThat(http.form(link, "", "Sec-Fetch-Site", "same-origin").status())
                .isEqualTo(422);
        assertThat(http.page("/sign-in/link/unknown").status()).isEqualTo(200);
    }

    @Test
    void aSessionEndedElsewhereIsOverAndNobodyEndsAnothersSession() {
        String email = someone();
        String one = signedIn.token(email);
        String other = signedIn.token(email);
        assertThat(me(other).status()).isEqualTo(200);
        String otherId = currentSession(other);
        assertThat(end(otherId, signedIn.token(someone()))).isEqualTo(404);
        assertThat(end(otherId, one)).isEqualTo(204);
        assertThat(me(other).status()).isEqualTo(401);
        assertThat(me(one).status()).isEqualTo(200);
    }

    private String currentSession(String token) {
        for (var item : http.get("/api/v1/sessions", "Authorization", "Bearer " + token)
                .json()
                .required("items")) {
            if (item.required("current").asBoolean()) {
                return item.required("id").asString();
            }
        }
        throw new AssertionError("no session is the current one");
    }

    private int end(String session, String token) {
        return http.send(
                        "DELETE",
                        "/api/v1/sessions/" + session,
                        BodyPublishers.noBody(),
                        "Authorization",
                        "Bearer " + token)
                .status();
    }

    @Test
    void aSecretIsGoodOnlyTheWayItWasGiven() {
        String token = signedIn.token(someone());
        assertThat(http.get("/api/v1/me", "Cookie", "imece-session=" + token).status())
                .isEqualTo(401);
        assertThat(http.get("/api/v1/me", "Authorization", "Basic " + token).status())
                .isEqualTo(401);
        assertThat(me(token.substring(1)).status()).isEqualTo(401);
        assertThat(http.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void hotQueriesUseAnIndex() {
        assertIndexed("accounts", new Document("addresses.hash", "x"));
        assertIndexed("sessions", new Document("secretHash", "x"));
        assertIndexed("sessions", new Document("account", UUID.randomUUID()));
        assertIndexed("sign_ins", new Document("linkHash", "x"));
        assertIndexed("known_representations", new Document("state.account", UUID.randomUUID()));
    }

    private void assertIndexed(String collection, Document query) {
        Document plan = mongo.getCollection(collection).find(query).explain();
        assertThat(plan.get("queryPlanner").toString())
                .as(collection)
                .contains("IXSCAN")
                .doesNotContain("COLLSCAN");
    }
}
