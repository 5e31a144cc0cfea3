package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.gateway.StubService.Answer;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Over real sockets: what reaches a service, what comes back, and what is not let in.
@ServiceTest
class EdgeIntegrationTests {

    private static final StubService DIRECTORY = new StubService();
    private static final StubService EVENTS = new StubService();
    private static final StubService IMPACT = new StubService();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.directory.url", DIRECTORY::url);
        properties.add("imece.edge.services.events.url", EVENTS::url);
        properties.add("imece.edge.services.impact.url", IMPACT::url);
        // Nothing listens there.
        properties.add("imece.edge.services.notification.url", () -> "http://127.0.0.1:1");
        properties.add("spring.http.clients.read-timeout", () -> "1s");
        properties.add("imece.largest-body", () -> "100KB");
    }

    @AfterAll
    static void stop() {
        DIRECTORY.close();
        EVENTS.close();
        IMPACT.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    InternalConnector internal;

    @Autowired
    Unsealing unsealing;

    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
        for (StubService service : List.of(DIRECTORY, EVENTS, IMPACT)) {
            service.answers(_ -> Answer.json("{\"ok\":true}"));
        }
    }

    private String token() {
        return new SignedIn(http, unsealing)
                .token("e" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
    }

    private static JWTClaimsSet claims(StubService service) throws java.text.ParseException {
        return bearer(service).getJWTClaimsSet();
    }

    private static SignedJWT bearer(StubService service) throws java.text.ParseException {
        return SignedJWT.parse(
                String.valueOf(service.last().header("Authorization")).substring("Bearer ".length()));
    }

    @Test
    void aRequestOfAnyoneCarriesNothingOnlyTheHouseMaySay() {
        Http.Answer answer = http.get(
                "/api/v1/organisations?q=zeytin%20ya%C4%9F%C4%B1&kind=A&kind=B",
                "Cookie",
                "imece-lang=sl; other=1",
                "Imece-Account",
                "forged",
                "X-Forwarded-For",
                "6.6.6.6",
                "X-Forwarded-Host",
                "evil.example",
                "Forwarded",
                "host=evil.example",
                "X-Real-IP",
                "6.6.6.6",
                "Accept-Language",
                "it",
                "If-None-Match",
                "\"7\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        StubService.Asked asked = DIRECTORY.last();
        assertThat(asked.uri().getPath()).isEqualTo("/api/v1/organisations");
        assertThat(asked.uri().getRawQuery()).isEqualTo("q=zeytin%20ya%C4%9F%C4%B1&kind=A&kind=B");
        for (String kept : List.of(
                "Authorization", "Cookie", "Imece-Account", "Forwarded", "X-Real-IP", "X-Forwarded-For", "Upgrade")) {
            assertThat(asked.header(kept)).as(kept).isNull();
        }
        assertThat(asked.header("X-Forwarded-Host")).isEqualTo("localhost:8080");
        assertThat(asked.header("Accept-Language")).isEqualTo("sl");
        assertThat(asked.header("If-None-Match")).isEqualTo("\"7\"");
        assertThat(asked.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        assertThat(asked.header("Imece-Correlation-Id")).isNotBlank();
    }

    @Test
    void theServiceLearnsWhoAsksFromATokenForItAlone() throws Exception {
        String token = token();
        http.get("/api/v1/gatherings", "Authorization", "Bearer " + token);
        SignedJWT jwt = bearer(EVENTS);
        JWKSet keys =
                JWKSet.parse(new Http(internal.port()).get("/internal/keys").body());
        ECKey key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("imece-gateway");
        assertThat(claims.getAudience()).containsExactly("events-service");
        assertThat(claims.getExpirationTime())
                .isBetween(
                        new Date(System.currentTimeMillis() + 10_000), new Date(System.currentTimeMillis() + 31_000));
        assertThat(claims.getSubject())
                .isEqualTo(http.get("/api/v1/me", "Authorization", "Bearer " + token)
                        .json()
                        .required("account")
                        .asString());
        assertThat(claims.getStringClaim("sid")).isNotBlank();
        assertThat(claims.getStringListClaim("roles")).isEmpty();
        assertThat(jwt.serialize()).isNotEqualTo(token);
    }

    @Test
    void aForgedTokenAndTheHousesOwnAreRefused() {
        TestTokens inside = TestTokens.of("directory-service");
        for (String forged : List.of("Bearer x", inside.account(Ids.v7()), inside.expired(Ids.v7()))) {
            Http.Answer answer = http.get("/api/v1/organisations", "Authorization", forged);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("/problems/token-refused");
        }
        assertThat(DIRECTORY.asked()).isEmpty();
    }

    @Test
    void onlyARepresentativeActsOnBehalfOfAnOrganisation() throws Exception {
        String token = "Bearer " + token();
        UUID organisation = Ids.v7();
        String named = organisation.toString();
        assertThat(http.get("/api/v1/gatherings", "Authorization", token, "Imece-On-Behalf-Of", "x")
                        .status())
                .isEqualTo(400);
        assertThat(http.get("/api/v1/gatherings", "Imece-On-Behalf-Of", named).status())
                .isEqualTo(401);
        assertThat(http.get("/api/v1/gatherings", "Authorization", token, "Imece-On-Behalf-Of", named)
                        .status())
                .isEqualTo(403);
        appoint(
                organisation,
                http.get("/api/v1/me", "Authorization", token)
                        .json()
                        .required("account")
                        .asString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/api/v1/gatherings", "Authorization", token, "Imece-On-Behalf-Of", named)
                                .status()
                        == 200);
        assertThat(claims(EVENTS).getStringClaim("obo")).isEqualTo(named);
        assertThat(claims(EVENTS).getJSONObjectClaim("orgs")).containsEntry(named, "REPRESENTATIVE");
    }

    private static void appoint(UUID organisation, String account) {
        UUID id = Ids.v7();
        try (TestBroker broker = new TestBroker()) {
            broker.send("directory.representation.v1", "directory.representation.appointed.v1", id, 1, """
                    {"state":{"id":"%s","organisation":"%s","account":"%s","role":"REPRESENTATIVE","state":"APPOINTED"},"fact":{}}
                    """.formatted(
                            id, organisation, account));
        }
    }

    @Test
    void formsPassUnchanged() {
        String fields = "title.tr=%C3%9Cretici+Fuar%C4%B1&topics=a&topics=b&empty=&title.tr=second&x=1%2B1";
        Http.Answer answer = http.form("/gatherings/new?draft=1", fields, "Sec-Fetch-Site", "same-origin");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(EVENTS.last().text()).isEqualTo(fields);
        assertThat(EVENTS.last().uri().getRawQuery()).isEqualTo("draft=1");
        assertThat(EVENTS.last().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void bodiesOfEveryMethodPassUnchanged(String method) {
        String body = "a=1&b=ü";
        http.send(
                method,
                "/api/v1/gatherings/x",
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "If-Match",
                "\"3\"",
                "Idempotency-Key",
                "key-1");
        assertThat(EVENTS.last().method()).isEqualTo(method);
        assertThat(EVENTS.last().text()).isEqualTo(body);
        assertThat(EVENTS.last().header("If-Match")).isEqualTo("\"3\"");
        assertThat(EVENTS.last().header("Idempotency-Key")).isEqualTo("key-1");
    }

    @Test
    void aKeyBelongsToItsCallerAndToTheServiceItIsMeantFor() {
        String key = UUID.randomUUID().toString();
        EVENTS.answers(asked ->
                Answer.json("{\"by\":\"" + asked.header("Authorization").length() + "\"}"));

        http.post("/api/v1/gatherings", "{}", "Authorization", "Bearer " + token(), "Idempotency-Key", key);
        String first = EVENTS.last().header("Authorization");
        http.post("/api/v1/gatherings", "{}", "Authorization", "Bearer " + token(), "Idempotency-Key", key);

        // The second was handed on, too, and not answered with what the first was told.
        assertThat(EVENTS.last().header("Authorization")).isNotEqualTo(first);
        assertThat(http.post("/api/v1/gatherings", "{}", "Authorization", "Bearer wrong", "Idempotency-Key", key)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void filesPassUnchanged() {
        String body =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ü.csv\"\r\n\r\na;b\r\n--b--\r\n";
        http.send(
                "POST",
                "/reports/new",
                BodyPublishers.ofString(body),
                "Content-Type",
                "multipart/form-data; boundary=b",
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(IMPACT.last().text()).isEqualTo(body);
        assertThat(IMPACT.last().header("Content-Type")).isEqualTo("multipart/form-data; boundary=b");
    }

    @Test
    void textOfAnyLanguageComesThroughIntact() {
        EVENTS.answers(asked -> Answer.json(asked.text()));
        String body = "{\"tr\":\"Üretici Fuarı ığşİ\",\"he\":\"יריד\"}";
        assertThat(http.post("/api/v1/gatherings", body).body()).isEqualTo(body);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
        byte[] large = new byte[200_000];
        assertThat(http.send("POST", "/api/v1/gatherings", BodyPublishers.ofByteArray(large))
                        .status())
                .isEqualTo(413);
        assertThat(http.send(
                                "POST",
                                "/api/v1/gatherings",
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                        .status())
                .isEqualTo(413);
        assertThat(http.get("/api/v1/gatherings").status()).isEqualTo(200);
    }

    @Test
    void answersComeBackAsTheyAreButForCookiesAndHeadersOfTheHouse() {
        DIRECTORY.answers(_ -> new Answer(
                422,
                Map.of(
                        "Content-Type", "application/problem+json",
                        "ETag", "\"4\"",
                        "Set-Cookie", "a=b",
                        "Server", "stub",
                        "Content-Security-Policy", "default-src *",
                        "Vary", "Accept-Language"),
                "{\"type\":\"/problems/invalid\"}"));
        Http.Answer answer = http.get("/api/v1/organisations/x");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"type\":\"/problems/invalid\"}");
        assertThat(answer.header("ETag")).isEqualTo("\"4\"");
        assertThat(answer.header("Vary")).contains("Accept-Language");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertThat(answer.headers("Server")).isEmpty();
        assertThat(answer.headers("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'");
    }

    @Test
    void redirectsLeadToThePublicAddress() {
        DIRECTORY.answers(_ -> new Answer(303, Map.of("Location", DIRECTORY.url() + "/organisations/7?done=1#x"), ""));
        Http.Answer answer = http.form("/organisations/new", "a=1", "Sec-Fetch-Site", "same-origin");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/organisations/7?done=1#x");
        DIRECTORY.answers(_ -> new Answer(201, Map.of("Location", "/api/v1/organisations/7"), "{}"));
        assertThat(http.post("/api/v1/organisations", "{}").header("Location")).isEqualTo("/api/v1/organisations/7");
    }

    @Test
    void aPageThatAsksToSignInLeadsThereAndBack() {
        EVENTS.answers(_ -> new Answer(401, Map.of("Content-Type", "text/html"), "<p>no</p>"));
        Http.Answer page = http.page("/gatherings/new?kind=FAIR");
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).isEqualTo("/sign-in?return=%2Fgatherings%2Fnew%3Fkind%3DFAIR");
        assertThat(http.get("/api/v1/gatherings").status()).isEqualTo(401);
    }

    @Test
    void aServiceThatIsAwayTakesOnlyItsOwnPathsAlong() {
        Http.Answer api = http.get("/api/v1/subscriptions", "Accept-Language", "tr");
        assertThat(api.status()).isEqualTo(503);
        assertThat(api.header("Retry-After")).isEqualTo("2");
        assertThat(api.header("Content-Type")).startsWith("application/problem+json");
        assertThat(api.body()).contains("/problems/part-away").contains("Abonelikler");
        Http.Answer page = http.page("/subscriptions", "Accept-Language", "he");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("dir=\"rtl\"").contains("מינויים").contains("<header");
        Http.Answer fragment = http.page("/fragments/reach-estimates/reach");
        assertThat(fragment.status()).isEqualTo(503);
        assertThat(fragment.body()).doesNotContain("<header");
        assertThat(http.get("/api/v1/organisations").status()).isEqualTo(200);
    }

    @Test
    void aServiceThatDoesNotAnswerIsGivenUpInTimeAndThenLeftAloneForAMoment() throws InterruptedException {
        CountDownLatch frozen = new CountDownLatch(1);
        IMPACT.answers(_ -> {
            frozen.await(10, TimeUnit.SECONDS);
            return Answer.json("{}");
        });
        long start = System.nanoTime();
        assertThat(http.get("/api/v1/results").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4000));
        try (var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            java.util.concurrent.Callable<Integer> read =
                    () -> http.get("/api/v1/results").status();
            pool.invokeAll(java.util.Collections.nCopies(20, read));
        }
        IMPACT.answers(_ -> Answer.json("{}"));
        // The breaker is open: refused at once, without asking.
        assertThat(http.get("/api/v1/results").status()).isEqualTo(503);
        assertThat(IMPACT.asked()).isEmpty();
        frozen.countDown();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> http.get("/api/v1/results").status() == 200);
    }

    @Test
    void aServiceThatAnswersWithAnErrorIsStillThere() {
        DIRECTORY.answers(_ -> new Answer(500, Map.of("Content-Type", "application/problem+json"), "{}"));
        for (int i = 0; i < 12; i++) {
            assertThat(http.get("/api/v1/regions").status()).isEqualTo(500);
        }
        assertThat(DIRECTORY.asked()).hasSize(12);
    }

    @ParameterizedTest(name = "site {0}, origin {1}, cookie {2}, token {3}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin,-,a=1,-,true",
                "none,-,a=1,-,true",
                "cross-site,-,a=1,-,false",
                "cross-site,-,-,-,false",
                "same-site,-,a=1,-,false",
                "cross-site,http://localhost:8080,a=1,-,false",
                "same-origin,null,a=1,-,true",
                "-,http://localhost:8080,a=1,-,true",
                "-,http://LOCALHOST:8080,a=1,-,true",
                "-,https://evil.example,a=1,-,false",
                "-,http://localhost:8080.evil.example,a=1,-,false",
                "-,null,a=1,-,false",
                "-,-,a=1,-,false",
                "-,-,-,-,true",
                "cross-site,https://evil.example,a=1,token,true"
            })
    void anotherSiteMakesNobodyDoAnything(
            @Nullable String site,
            @Nullable String origin,
            @Nullable String cookie,
            @Nullable String token,
            boolean passes) {
        List<String> headers = new ArrayList<>();
        add(headers, "Sec-Fetch-Site", site);
        add(headers, "Origin", origin);
        add(headers, "Cookie", cookie);
        add(headers, "Authorization", token == null ? null : "Bearer " + token());
        String[] all = headers.toArray(String[]::new);
        assertThat(http.form("/gatherings/new", "a=1", all).status()).isEqualTo(passes ? 200 : 403);
        assertThat(EVENTS.asked()).hasSize(passes ? 1 : 0);
        assertThat(http.get("/gatherings", all).status()).as("reading").isEqualTo(200);
    }

    private static void add(List<String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.addAll(List.of(name, value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/keys",
                "/internal/operations/dead-letters",
                "/actuator",
                "/actuator/health",
                "/actuator/env",
                "/actuator/metrics",
                "/api/v1/unknown",
                "/unknown",
                "/api/v2/gatherings",
                "/fragments/unknown",
                "/representationEvents",
                "/representationEvents/x"
            })
    void whatIsInsideOrUnknownIsNotFound(String path) {
        Http.Answer answer = http.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("/problems/not-found");
        assertThat(http.page(path, "Accept-Language", "tr").status()).isEqualTo(404);
        assertThat(http.post(path, "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organisations/%2e%2e/internal/keys",
                "/organisations/..%2finternal",
                "/organisations/%2E%2E%2Finternal",
                "/organisations;a=b/x",
                "//internal/keys",
                "/organisations//x",
                "/organisations/%5c..",
                "/organisations/%00",
                "/%69nternal/keys",
                "/%49nternal/keys",
                "/%61ctuator/metrics",
                "/act%75ator/health",
                "/%73ign-in/code",
                "/sign%2din/code",
                "/oauth%32/token",
                "/api/v1/code%2Dlists",
                "/%7Eorganisations"
            })
    void aPathInDisguiseIsRefused(String path) {
        assertThat(http.get(path).status()).isEqualTo(400);
        assertThat(DIRECTORY.asked()).isEmpty();
    }

    @Test
    void probesAreOpenAndSayNoMoreThanThat() {
        assertThat(http.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void theInternalConnectorServesNothingOfTheSite() {
        Http inside = new Http(internal.port());
        assertThat(inside.get("/actuator/health").status()).isEqualTo(200);
        assertThat(inside.get("/").status()).isEqualTo(404);
        assertThat(inside.get("/api/v1/organisations").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/unknown", "/api/v1/me", "/api/v1/organisations", "/api/v1/broadcasts"})
    void everyAnswerCarriesTheHeadersThatProtectTheReader(String path) {
        Http.Answer answer = http.page(path);
        assertThat(answer.headers("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .contains("form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers("Referrer-Policy")).containsExactly("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy")).isNotBlank();
        assertThat(answer.headers("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,-,en",
                "-,-,tr,tr",
                "-,-,'de,sl;q=0.5',sl",
                "-,-,iw-IL,he",
                "-,-,'zz;q=x',en",
                "-,he,tr,he",
                "it,he,tr,it",
                "xx,he,tr,he",
                "-,xx,tr,tr",
                "%3Cx,-,tr,tr",
                "-,-,tr-TR,tr"
            })
    void theLanguageIsTheOneChosenElseRememberedElseAskedFor(
            @Nullable String chosen, @Nullable String remembered, @Nullable String accepted, String expected) {
        List<String> headers = new ArrayList<>();
        add(headers, "Cookie", remembered == null ? null : "imece-lang=" + remembered);
        add(headers, "Accept-Language", accepted);
        Http.Answer answer =
                http.page("/organisations" + (chosen == null ? "" : "?lang=" + chosen), headers.toArray(String[]::new));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(DIRECTORY.last().header("Accept-Language")).isEqualTo(expected);
        assertThat(answer.headers("Set-Cookie").stream().anyMatch(c -> c.startsWith("imece-lang=" + expected)))
                .isEqualTo("it".equals(chosen));
    }
}
