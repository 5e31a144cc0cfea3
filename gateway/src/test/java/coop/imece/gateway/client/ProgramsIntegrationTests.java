package coop.imece.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import coop.imece.gateway.Http;
import coop.imece.gateway.KeyFiles;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.gateway.token.AccessKeyPair;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Over real sockets: from the registration of a program to what a service hears of it.
@ServiceTest
class ProgramsIntegrationTests {

    private static final StubService EVENTS = new StubService();
    private static final String ISSUER = "http://localhost:8080";
    private static final String AUDIENCE = ISSUER + "/api";
    private static final String ALL = "\"directory:write\",\"gatherings:write\"";

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.events.url", EVENTS::url);
    }

    @AfterAll
    static void stop() {
        EVENTS.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    @Autowired
    AccessKeyPair keys;

    private final UUID organisation = Ids.v7();
    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
        EVENTS.answers(_ -> StubService.Answer.json("{\"ok\":true}"));
    }

    private String person() {
        return new SignedIn(http, unsealing)
                .token("p" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
    }

    /// Somebody who represents the organisation.
    private String representative() {
        String token = person();
        represents(token, 1);
        return token;
    }

    private void represents(String token, long sequence) {
        appointed(account(token), "REPRESENTATIVE", "appointed", sequence);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> me(token).required("organisations").toString().contains("REPRESENTATIVE"));
    }

    private void appointed(UUID account, String role, String type, long sequence) {
        UUID id = Ids.derived("representation", organisation.toString(), account.toString());
        try (TestBroker broker = new TestBroker()) {
            broker.send(
                    "directory.representation.v1",
                    "directory.representation." + type + ".v1",
                    id,
                    sequence,
                    """
                    {"state":{"id":"%s","organisation":"%s","account":"%s","role":"%s","state":"%s"},"fact":{}}
                    """.formatted(
                            id, organisation, account, role, type.equals("appointed") ? "APPOINTED" : "DISMISSED"));
        }
    }

    private JsonNode me(String token) {
        return get("/api/v1/me", token).json();
    }

    private UUID account(String token) {
        return UUID.fromString(me(token).required("account").asString());
    }

    private Http.Answer get(String path, String token) {
        return http.get(path, "Authorization", "Bearer " + token);
    }

    private Http.Answer post(String path, String json, String token) {
        return http.post(path, json, "Authorization", "Bearer " + token);
    }

    /// @param scopes quoted, with commas between
    private JsonNode registered(String token, String scopes) {
        Http.Answer answer = post(
                "/api/v1/clients",
                "{\"organisation\":\"%s\",\"name\":\"Depo yazılımı\",\"scopes\":[%s]}".formatted(organisation, scopes),
                token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Location"))
                .isEqualTo("/api/v1/clients/" + answer.json().required("id").asString());
        return answer.json();
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private Http.Answer asking(JsonNode client, String more) {
        return asking(client, client.required("secret").asString(), more);
    }

    private Http.Answer asking(JsonNode client, String secret, String more) {
        return http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=client_credentials" + more),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic(client.required("id").asString(), secret));
    }

    private String token(JsonNode client, String more) {
        Http.Answer answer = asking(client, more);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().required("access_token").asString();
    }

    private JWTClaimsSet heard() throws ParseException {
        return SignedJWT.parse(
                        String.valueOf(EVENTS.last().header("Authorization")).substring("Bearer ".length()))
                .getJWTClaimsSet();
    }

    @Test
    void aProgramGetsATokenAndTheServiceHearsWhoItIsAndWhatItMayDo() throws Exception {
        JsonNode client = registered(representative(), ALL);
        UUID id = UUID.fromString(client.required("id").asString());
        Http.Answer granted = asking(client, "");
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);
        assertThat(granted.header("Cache-Control")).contains("no-store");
        assertThat(granted.headers("Set-Cookie")).isEmpty();
        assertThat(granted.json().required("token_type").asString()).isEqualTo("Bearer");
        assertThat(granted.json().required("expires_in").asInt()).isBetween(590, 600);
        assertThat(granted.json().required("scope").asString().split(" "))
                .containsExactlyInAnyOrder("directory:write", "gatherings:write");
        String token = granted.json().required("access_token").asString();
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(ISSUER);
        assertThat(claims.getAudience()).containsExactly(AUDIENCE);
        assertThat(claims.getSubject()).isEqualTo(id.toString());
        assertThat(claims.getStringClaim("scope")).isEqualTo("directory:write gatherings:write");

        Http.Answer answer = post("/api/v1/gatherings", "{}", token);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JWTClaimsSet heard = heard();
        String account = Ids.derived("client-account", id.toString()).toString();
        assertThat(heard.getSubject()).isEqualTo(account);
        assertThat(heard.getStringClaim("client")).isEqualTo(id.toString());
        assertThat(heard.getStringClaim("scope")).isEqualTo("directory:write gatherings:write");
        assertThat(heard.getStringClaim("obo")).isEqualTo(organisation.toString());
        assertThat(heard.getJSONObjectClaim("orgs")).isEqualTo(Map.of(organisation.toString(), "REPRESENTATIVE"));
        assertThat(heard.getStringListClaim("roles")).isEmpty();
        assertThat(heard.getClaim("sid")).isNull();
        JsonNode me = me(token);
        assertThat(me.required("client").asString()).isEqualTo(id.toString());
        assertThat(me.required("account").asString()).isEqualTo(account);
        assertThat(me.required("scopes").toString()).isEqualTo("[\"directory:write\",\"gatherings:write\"]");
        try (TestBroker broker = new TestBroker()) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(broker.records("platform.audit.v1", id))
                            .as("its registration is in the audit")
                            .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .singleElement()
                            .asString()
                            .contains("POST /api/v1/clients")
                            .doesNotContain("Depo"));
        }
    }

    @Test
    void theSecretMayComeInTheFormAndAskForLess() throws Exception {
        JsonNode client = registered(representative(), ALL);
        Http.Answer granted = http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=client_credentials&scope=gatherings:write&client_id="
                        + client.required("id").asString() + "&client_secret="
                        + client.required("secret").asString()),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);

        get("/api/v1/gatherings", granted.json().required("access_token").asString());

        assertThat(heard().getStringClaim("scope")).isEqualTo("gatherings:write");
    }

    @Test
    void theTokenEndpointRefusesInTheWordsOfTheStandard() {
        JsonNode client = registered(representative(), "\"gatherings:write\"");

        Http.Answer tooMuch = asking(client, "&scope=gatherings:write%20impact:write");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.json().required("error").asString()).isEqualTo("invalid_scope");
        Http.Answer wrong = asking(client, "imece_wrong", "");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().required("error").asString()).isEqualTo("invalid_client");
        Http.Answer unknown = http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=client_credentials"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic("nobody", "x"));
        assertThat(unknown.status()).isEqualTo(401);
        Http.Answer nobody = http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=client_credentials"),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.json().required("error").asString()).isEqualTo("invalid_client");
        assertThat(nobody.header("WWW-Authenticate")).startsWith("Basic");
        Http.Answer otherGrant = http.send(
                "POST",
                "/oauth2/token",
                BodyPublishers.ofString("grant_type=refresh_token&refresh_token=x"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic(
                        client.required("id").asString(),
                        client.required("secret").asString()));
        assertThat(otherGrant.status()).isEqualTo(400);
        assertThat(otherGrant.json().required("error").asString()).isEqualTo("unsupported_grant_type");
    }

    @Test
    void theServerDescribesOnlyWhatItOffers() {
        JsonNode described = http.get("/.well-known/oauth-authorization-server").json();

        assertThat(described.required("issuer").asString()).isEqualTo(ISSUER);
        assertThat(described.required("token_endpoint").asString()).isEqualTo(ISSUER + "/oauth2/token");
        assertThat(described.required("grant_types_supported").toString()).isEqualTo("[\"client_credentials\"]");
        assertThat(described.required("scopes_supported").size()).isEqualTo(6);
        assertThat(described.has("authorization_endpoint")).isFalse();
        for (String path :
                List.of("/oauth2/authorize", "/oauth2/introspect", "/oauth2/revoke", "/login", "/userinfo")) {
            assertThat(http.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anEndedProgramIsRefusedFromTheNextRequestOn() {
        String owner = representative();
        JsonNode client = registered(owner, ALL);
        String token = token(client, "");
        assertThat(get("/api/v1/gatherings", token).status()).isEqualTo(200);

        Http.Answer ended = http.send(
                "DELETE",
                "/api/v1/clients/" + client.required("id").asString(),
                BodyPublishers.noBody(),
                "Authorization",
                "Bearer " + owner);

        assertThat(ended.status()).isEqualTo(204);
        Http.Answer refused = get("/api/v1/gatherings", token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().required("type").asString()).isEqualTo("/problems/token-refused");
        assertThat(asking(client, "").status()).isEqualTo(401);
        assertThat(get("/api/v1/clients/" + client.required("id").asString(), owner)
                        .json()
                        .required("state")
                        .asString())
                .isEqualTo("ENDED");
    }

    @Test
    void twoSecretsOverlapAndAScopeTakenAwayCountsAtOnce() throws Exception {
        String owner = representative();
        JsonNode client = registered(owner, ALL);
        String path = "/api/v1/clients/" + client.required("id").asString();
        assertThat(asking(client, "wrong", "").status()).isEqualTo(401);
        assertThat(get(path, owner).json().has("lastUsedAt"))
                .as("whoever does not know its secret has not used it")
                .isFalse();
        Http.Answer rotated = post(path + "/rotation", "", owner);
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
        assertThat(rotated.header("Cache-Control")).isEqualTo("no-store");
        JsonNode second = rotated.json();
        assertThat(second.required("secret")).isNotEqualTo(client.required("secret"));
        assertThat(second.has("previousSecretUntil")).isTrue();
        assertThat(asking(client, "").status()).isEqualTo(200);
        assertThat(asking(second, "").status()).isEqualTo(200);
        JsonNode third = post(path + "/rotation", "", owner).json();
        assertThat(asking(client, "").status()).isEqualTo(401);
        assertThat(asking(second, "").status()).isEqualTo(200);
        String token = token(third, "");

        Http.Answer shown = get(path, owner);
        assertThat(shown.body()).doesNotContain("imece_", "\"secret\"");
        assertThat(shown.json().has("lastUsedAt")).isTrue();
        Http.Answer changed = patch(path, "{\"scopes\":[\"directory:write\"]}", shown.header("ETag"), owner);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        get("/api/v1/gatherings", token);
        assertThat(heard().getStringClaim("scope")).isEqualTo("directory:write");
        assertThat(patch(path, "{\"name\":\"Başka\"}", shown.header("ETag"), owner)
                        .status())
                .isEqualTo(412);
        assertThat(patch(path, "{\"state\":\"ENDED\"}", changed.header("ETag"), owner)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aTokenEndsWithTheSecretItWasGotBy() {
        String leaving = representative();
        String staying = representative();
        JsonNode client = registered(leaving, ALL);
        String path = "/api/v1/clients/" + client.required("id").asString();
        JsonNode second = post(path + "/rotation", "", staying).json();
        String byTheOld = token(client, "");
        String byTheNew = token(second, "");
        assertThat(status(byTheOld)).isEqualTo(200);

        appointed(account(leaving), "EDITOR", "appointed", 2);

        await().atMost(Duration.ofSeconds(20)).until(() -> status(byTheOld) == 401);
        assertThat(status(byTheNew)).isEqualTo(200);
    }

    @Test
    void theSecretOfADismissedRepresentativeIsGoodForNothingUntilAnotherMakesOne() {
        String leaving = representative();
        String staying = representative();
        JsonNode client = registered(leaving, ALL);
        String path = "/api/v1/clients/" + client.required("id").asString();
        String token = token(client, "");
        JsonNode second = post(path + "/rotation", "", leaving).json();
        assertThat(get(path, staying).json().required("secretNeeded").asBoolean())
                .isFalse();
        assertThat(get("/api/v1/gatherings", token).status()).isEqualTo(200);

        appointed(account(leaving), "EDITOR", "appointed", 2);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/v1/gatherings", token).status() == 401);
        assertThat(asking(client, "").status()).isEqualTo(401);
        assertThat(asking(second, "").status()).isEqualTo(401);
        assertThat(get(path, staying).json().required("secretNeeded").asBoolean())
                .isTrue();
        String page = "/clients/" + client.required("id").asString();
        for (String language : List.of("tr", "en", "sl", "he", "it")) {
            String[] browser = {"Authorization", "Bearer " + staying, "Accept-Language", language};
            for (String shown : List.of("/clients", page, "/desk")) {
                assertThat(http.page(shown, browser).body()).as(shown).doesNotContain("??", "th:");
            }
        }
        String[] turkish = {"Authorization", "Bearer " + staying, "Accept-Language", "tr"};
        assertThat(http.page("/clients", turkish).body()).contains("Yeni gizli anahtar gerekiyor");
        assertThat(http.page("/desk", turkish).body()).contains("Bir programa yeni gizli anahtar gerekiyor");
        assertThat(http.page(page, turkish).body()).contains("Bu program durdu");

        JsonNode renewed = post(path + "/rotation", "", staying).json();

        assertThat(renewed.required("secretNeeded").asBoolean()).isFalse();
        assertThat(renewed.has("previousSecretUntil")).isFalse();
        assertThat(asking(renewed, "").status()).isEqualTo(200);
        represents(leaving, 3);
        assertThat(asking(client, "").status())
                .as("the old secrets do not come back with their maker")
                .isEqualTo(401);
        assertThat(asking(second, "").status()).isEqualTo(401);
    }

    @Test
    void aProgramStandsStillWithTheErasureOfWhoMadeItsSecretAndIsInTheExport() {
        String leaving = representative();
        String staying = representative();
        JsonNode client = registered(leaving, ALL);
        String id = client.required("id").asString();
        String token = token(client, "");
        assertThat(get("/api/v1/gatherings", token).status()).isEqualTo(200);
        JsonNode export = get("/api/v1/account/export", leaving).json();
        assertThat(export.toString()).contains(id, "Depo yazılımı").doesNotContain("imece_");

        assertThat(post("/api/v1/account/erasure", "", leaving).status()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> get("/api/v1/gatherings", token).status() == 401);
        assertThat(get("/api/v1/clients/" + id, staying)
                        .json()
                        .required("secretNeeded")
                        .asBoolean())
                .isTrue();
    }

    private Http.Answer patch(String path, String json, String version, String token) {
        return http.send(
                "PATCH",
                path,
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/merge-patch+json",
                "If-Match",
                version,
                "Authorization",
                "Bearer " + token);
    }

    @Test
    void onlyRepresentativesOfTheOrganisationManageItsPrograms() {
        String owner = representative();
        JsonNode client = registered(owner, ALL);
        String path = "/api/v1/clients/" + client.required("id").asString();
        String stranger = person();
        String editor = person();
        UUID editorsAccount = account(editor);
        appointed(editorsAccount, "EDITOR", "appointed", 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> me(editor).toString().contains("EDITOR"));
        String program = token(client, "");
        String registration = "{\"organisation\":\"%s\",\"name\":\"X\",\"scopes\":[]}".formatted(organisation);

        for (String other : List.of(stranger, editor)) {
            assertThat(get(path, other).status()).isEqualTo(404);
            assertThat(post(path + "/rotation", "", other).status()).isEqualTo(404);
            assertThat(post("/api/v1/clients", registration, other).status()).isEqualTo(403);
            assertThat(get("/api/v1/clients", other).json().required("total").asInt())
                    .isZero();
            assertThat(post("/api/v1/clients", "{\"name\":\"X\",\"scopes\":[\"network:admin\"]}", other)
                            .status())
                    .isEqualTo(403);
        }
        for (Http.Answer answer : List.of(
                get(path, program),
                get("/api/v1/clients", program),
                post(path + "/rotation", "", program),
                post("/api/v1/clients", registration, program))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().required("type").asString()).isEqualTo("/problems/not-for-programs");
        }
        assertThat(http.get("/api/v1/clients").status()).isEqualTo(401);
        assertThat(get("/api/v1/clients", owner).json().required("total").asInt())
                .isEqualTo(1);
        Http.Answer unknown = post(
                "/api/v1/clients",
                "{\"organisation\":\"%s\",\"name\":\" \",\"scopes\":[\"network:admin\",\"gatherings:rite\"]}"
                        .formatted(organisation),
                owner);
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("#/name", "#/scopes/0", "#/scopes/1", "gatherings:write");
    }

    @Test
    void aRepresentativeLooksAfterProgramsOnAPage() {
        String owner = representative();
        String[] browser = {"Authorization", "Bearer " + owner, "Accept-Language", "tr"};
        assertThat(http.page("/clients").header("Location")).endsWith("/sign-in?return=/clients");
        assertThat(http.page("/clients", browser).body()).contains("Henüz program yok");
        assertThat(http.page("/clients", "Authorization", "Bearer " + person(), "Accept-Language", "tr")
                        .body())
                .contains("Programları yalnızca temsilciler kaydeder");
        String blank = http.page("/clients/new", browser).body();
        assertThat(blank)
                .contains("Etkinlik hazırlar, duyurur, değiştirir ve iptal eder (gatherings:write)")
                .doesNotContain("network:admin");
        String id = blank.replaceFirst("(?s).*name=\"id\" value=\"([^\"]+)\".*", "$1");
        String fields = "id=" + id + "&organisation=" + organisation + "&scopes=gatherings:write";
        Http.Answer nameless = http.form("/clients/new", fields, browser);
        assertThat(nameless.status()).isEqualTo(422);
        assertThat(nameless.body()).contains("href=\"#f-name\"", "value=\"" + id + "\"");

        Http.Answer made = http.form("/clients/new", fields + "&name=Web%20sitesi", browser);

        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("private, no-store");
        String secret = made.body().replaceFirst("(?s).*<code>(imece_[^<]+)</code>.*", "$1");
        assertThat(made.body()).contains("curl -u " + id + ":" + secret);
        JsonNode client = get("/api/v1/clients/" + id, owner).json();
        assertThat(asking(client, secret, "").status()).isEqualTo(200);
        String shown = http.page("/clients/" + id, browser).body();
        assertThat(shown).doesNotContain(secret).contains("Web sitesi", "Son kullanım");
        assertThat(http.form("/clients/" + id, "version=7&name=X", browser).body())
                .contains("value=\"X\"");
        String version = get("/api/v1/clients/" + id, owner).header("ETag").replace("\"", "");
        assertThat(http.form("/clients/" + id, "name=Depo&version=" + version, browser)
                        .header("Location"))
                .endsWith("?done=saved");
        assertThat(get("/api/v1/clients/" + id, owner).json().required("scopes").isEmpty())
                .isTrue();
        assertThat(http.form("/clients/" + id + "/rotation", "", browser).body())
                .contains("imece_", "Önceki gizli anahtarın geçerli olduğu son an");
        assertThat(http.form("/clients/" + id + "/ending", "", browser).header("Location"))
                .endsWith("/clients?done=ended");
        for (String language : List.of("tr", "en", "sl", "he", "it")) {
            for (String path : List.of("/clients", "/clients?done=ended", "/clients/new", "/clients/" + id)) {
                Http.Answer page = http.page(path, "Authorization", "Bearer " + owner, "Accept-Language", language);
                assertThat(page.status()).as(path).isEqualTo(200);
                assertThat(page.body()).as(path).doesNotContain("??", "th:");
            }
        }
    }

    @Test
    void aProgramOfTheNetworkStandsStillOnceWhoMadeItsSecretAdministersNoMore() throws Exception {
        String administrator = new SignedIn(http, unsealing).token(KeyFiles.ADMINISTRATOR);
        String second = person();
        UUID account = account(second);
        roles(administrator, account, "\"ADMINISTRATOR\"");
        await().atMost(Duration.ofSeconds(5)).until(() -> me(second).toString().contains("ADMINISTRATOR"));
        JsonNode client = post(
                        "/api/v1/clients",
                        "{\"name\":\"Denetim\",\"scopes\":[\"network:admin\",\"impact:review\"]}",
                        second)
                .json();
        String token = token(client, "");
        String less = token(client, "&scope=impact:review");
        get("/api/v1/gatherings", token);
        assertThat(heard().getStringListClaim("roles")).containsExactly("ADMINISTRATOR", "REVIEWER");
        assertThat(heard().getJSONObjectClaim("orgs")).isEmpty();
        get("/api/v1/gatherings", less);
        assertThat(heard().getStringListClaim("roles")).containsExactly("REVIEWER");

        roles(administrator, account, "");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> get("/api/v1/gatherings", token).status() == 401);
        assertThat(asking(client, "").status()).isEqualTo(401);
    }

    private void roles(String administrator, UUID account, String roles) {
        String version = get("/api/v1/accounts/" + account, administrator).header("ETag");
        Http.Answer assigned = http.send(
                "PUT",
                "/api/v1/accounts/" + account + "/network-roles",
                BodyPublishers.ofString("{\"networkRoles\":[" + roles + "]}"),
                "Content-Type",
                "application/json",
                "If-Match",
                version,
                "Authorization",
                "Bearer " + administrator);
        assertThat(assigned.status()).as(assigned.body()).isEqualTo(200);
    }

    @Test
    void believesNoTokenButItsOwn() throws Exception {
        JsonNode client = registered(representative(), ALL);
        String subject = client.required("id").asString();
        String secret = client.required("secret").asString();
        ECKey own = keys.privateKey();
        assertThat(status(signed(subject, secret, own, header(own), claims -> claims)))
                .as("made like a real one, it is taken: what follows is refused for its one difference")
                .isEqualTo(200);

        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("foreign").generate();
        ECKey disguised = new ECKeyGenerator(Curve.P_256).keyID(own.getKeyID()).generate();
        Instant now = Instant.now();
        Map<String, String> refused = new java.util.LinkedHashMap<>();
        refused.put("alg none", new PlainJWT(claims(subject, secret).build()).serialize());
        refused.put("foreign kid", signed(subject, secret, foreign, header(foreign), claims -> claims));
        refused.put("foreign key under our kid", signed(subject, secret, disguised, header(own), claims -> claims));
        refused.put(
                "foreign issuer",
                signed(subject, secret, own, header(own), claims -> claims.issuer("http://evil.example")));
        refused.put("no issuer", signed(subject, secret, own, header(own), claims -> claims.issuer(null)));
        refused.put("wrong audience", signed(subject, secret, own, header(own), claims -> claims.audience(ISSUER)));
        refused.put("no audience", signed(subject, secret, own, header(own), claims -> claims.audience((String) null)));
        refused.put(
                "expired",
                signed(
                        subject,
                        secret,
                        own,
                        header(own),
                        claims -> claims.expirationTime(Date.from(now.minusSeconds(2)))));
        refused.put("without end", signed(subject, secret, own, header(own), claims -> claims.expirationTime(null)));
        refused.put(
                "not yet",
                signed(
                        subject,
                        secret,
                        own,
                        header(own),
                        claims -> claims.notBeforeTime(Date.from(now.plusSeconds(60)))));
        refused.put(
                "other type",
                signed(
                        subject,
                        secret,
                        own,
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID(own.getKeyID())
                                .type(JOSEObjectType.JWT)
                                .build(),
                        claims -> claims));
        refused.put("by another secret", signed(subject, "imece_other", own, header(own), claims -> claims));
        refused.put("by no secret", signed(subject, secret, own, header(own), claims -> claims.claim("secret", null)));
        refused.put("nobody's", signed(UUID.randomUUID().toString(), secret, own, header(own), claims -> claims));
        refused.put("no program", signed("admin", secret, own, header(own), claims -> claims));
        // The public key as secret of an HMAC: what a verifier falls for that lets the token choose the algorithm.
        refused.put(
                "HMAC under the public key",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(own.getKeyID())
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        claims(subject, secret).build(),
                        new MACSigner(own.toECPublicKey().getEncoded())));
        String good = signed(subject, secret, own, header(own), claims -> claims);
        refused.put("cut", good.substring(0, good.lastIndexOf('.') + 1));
        refused.put("dots", "a.b.c");
        refused.put("nothing", ".");
        refused.forEach((what, token) -> {
            Http.Answer answer = get("/api/v1/gatherings", token);
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.json().required("type").asString()).isEqualTo("/problems/token-refused");
        });
    }

    @Test
    void anInternalTokenIsNoAccessToken() throws Exception {
        JsonNode client = registered(representative(), ALL);
        get("/api/v1/gatherings", token(client, ""));
        String internal = String.valueOf(EVENTS.last().header("Authorization")).substring("Bearer ".length());

        assertThat(status(internal)).isEqualTo(401);
    }

    private int status(String token) {
        return get("/api/v1/gatherings", token).status();
    }

    private static JWTClaimsSet.Builder claims(String subject, String secret) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", "gatherings:write")
                .claim("secret", ClientSecret.mark(new ClientSecret(secret).hash()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private static JWSHeader header(ECKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
    }

    private static String signed(
            String subject, String secret, ECKey key, JWSHeader header, UnaryOperator<JWTClaimsSet.Builder> different)
            throws JOSEException {
        return sign(header, different.apply(claims(subject, secret)).build(), new ECDSASigner(key));
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }
}
