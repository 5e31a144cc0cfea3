package coop.imece.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ServiceTest
class FrontIntegrationTests {

    private static final StubService DIRECTORY = new StubService();
    private static final StubService EVENTS = new StubService();
    private static final StubService IMPACT = new StubService();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.directory.url", DIRECTORY::url);
        properties.add("imece.edge.services.events.url", EVENTS::url);
        properties.add("imece.edge.services.impact.url", IMPACT::url);
    }

    @AfterAll
    static void stop() {
        DIRECTORY.close();
        EVENTS.close();
        IMPACT.close();
    }

    /// Goes on as usual, and jumps when told to.
    static final class Time extends Clock {

        private volatile Duration passed = Duration.ZERO;

        void pass(Duration span) {
            passed = passed.plus(span);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(passed);
        }
    }

    @TestConfiguration
    static class Settings {

        @Bean
        Time time() {
            return new Time();
        }
    }

    @Autowired
    Time time;

    @LocalServerPort
    int port;

    @Autowired
    Unsealing unsealing;

    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
        DIRECTORY.answers(asked -> StubService.Answer.html("<section>from directory " + asked.uri() + "</section>"));
        EVENTS.answers(asked -> StubService.Answer.html("<section>from events ığ " + asked.uri() + "</section>"));
        IMPACT.answers(_ -> new StubService.Answer(500, Map.of("Content-Type", "text/html"), "<p>defect</p>"));
    }

    @Test
    void homeIsPutTogetherFromTheServicesAndSaysWhatIsMissing() {
        Http.Answer home = http.page("/", "Accept-Language", "tr");
        assertThat(home.status()).as(home.body()).isEqualTo(200);
        assertThat(home.body())
                .contains("<section>from events ığ /fragments/gatherings/upcoming</section>")
                .contains("<section>from directory /fragments/organisations/counts</section>")
                .contains("Sayılarla etki")
                .contains("Bu bölüm şu anda gösterilemiyor")
                .contains("action=\"/organisations\"");
        assertThat(EVENTS.last().header("Accept-Language")).isEqualTo("tr");
        assertThat(EVENTS.last().header("Authorization")).isNull();
    }

    @Test
    void whatIsNoFragmentIsNotShown() {
        EVENTS.answers(_ ->
                new StubService.Answer(500, Map.of("Content-Type", "text/html"), "<section>stack trace</section>"));
        DIRECTORY.answers(_ -> StubService.Answer.json("{\"a\":\"json\"}"));
        assertThat(http.page("/").body()).doesNotContain("stack trace").doesNotContain("json\"}");
    }

    @ParameterizedTest
    @CsvSource({"directory, Organisations", "events, Next gatherings", "impact, Results in numbers"})
    void eachServiceTakesOnlyItsOwnPartOfAPageAlong(String down, String missing) {
        var services = Map.of("directory", DIRECTORY, "events", EVENTS, "impact", IMPACT);
        IMPACT.answers(asked -> StubService.Answer.html("<section>from impact " + asked.uri() + "</section>"));
        // Half an answer, and none that is a page.
        services.get(down).answers(_ -> new StubService.Answer(503, Map.of("Content-Type", "x"), "<p>broken</p>"));
        String token = new SignedIn(http, unsealing)
                .token("f" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
        Http.Answer home = http.page("/", "Accept-Language", "en");
        Http.Answer desk = http.page("/desk", "Authorization", "Bearer " + token, "Accept-Language", "en");
        for (Http.Answer page : List.of(home, desk)) {
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body())
                    .contains("This part cannot be shown at the moment")
                    .doesNotContain("broken");
            services.forEach((name, _) -> {
                if (name.equals(down)) {
                    assertThat(page.body()).doesNotContain("from " + name);
                } else {
                    assertThat(page.body()).contains("from " + name);
                }
            });
        }
        assertThat(home.body()).contains(missing);
    }

    @Test
    void whoActsForSeveralChoosesOneAndTheDeskRemembersIt() throws Exception {
        String token = new SignedIn(http, unsealing)
                .token("f" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
        String[] person = {"Authorization", "Bearer " + token, "Accept-Language", "tr"};
        UUID account = UUID.fromString(
                http.get("/api/v1/me", person).json().required("account").asString());
        UUID first = Ids.v7();
        UUID second = Ids.v7();
        try (TestBroker broker = new TestBroker()) {
            for (UUID organisation : List.of(first, second)) {
                UUID id = Ids.v7();
                broker.send(
                        "directory.representation.v1", "directory.representation.appointed.v1", id, 1, """
                        {"state":{"id":"%s","organisation":"%s","account":"%s","role":"EDITOR","state":"APPOINTED"},"fact":{}}
                        """.formatted(
                                        id, organisation, account));
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/api/v1/me", person)
                                .json()
                                .required("organisations")
                                .size()
                        == 2);
        assertThat(http.page("/desk", person).body()).contains("Hangi kuruluş için", second.toString());
        assertThat(actedFor()).isNull();

        Http.Answer chosen = http.page("/desk?organisation=" + second, person);
        assertThat(actedFor()).isEqualTo(second.toString());
        String cookie = chosen.cookie();
        assertThat(chosen.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Path=/desk");

        http.page("/desk", "Authorization", "Bearer " + token, "Cookie", cookie);
        assertThat(actedFor()).as("it is remembered").isEqualTo(second.toString());
        http.page("/desk?organisation=", "Authorization", "Bearer " + token, "Cookie", cookie);
        assertThat(actedFor()).as("all again").isNull();
        http.page("/desk?organisation=" + Ids.v7(), person);
        assertThat(actedFor()).as("nobody chooses what they do not act for").isNull();
    }

    /// For which organisation a service was last asked.
    private static @Nullable String actedFor() throws ParseException {
        return SignedJWT.parse(
                        String.valueOf(EVENTS.last().header("Authorization")).substring("Bearer ".length()))
                .getJWTClaimsSet()
                .getStringClaim("obo");
    }

    @Test
    void theDeskIsForThoseSignedIn() {
        Http.Answer anyone = http.page("/desk");
        assertThat(anyone.status()).isEqualTo(303);
        assertThat(anyone.header("Location")).isEqualTo("/sign-in?return=/desk");
        String token = new SignedIn(http, unsealing)
                .token("f" + UUID.randomUUID().toString().substring(0, 12) + "@x.example");
        Http.Answer desk = http.page("/desk", "Authorization", "Bearer " + token, "Accept-Language", "he");
        assertThat(desk.status()).as(desk.body()).isEqualTo(200);
        assertThat(desk.body())
                .contains("/fragments/gatherings/desk")
                .contains("/fragments/organisations/desk")
                .contains("dir=\"rtl\"")
                .contains("השולחן שלכם")
                .contains("action=\"/sign-out\"");
        assertThat(EVENTS.last().header("Authorization")).startsWith("Bearer ey");
        assertThat(desk.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void theGatewaysOwnPagesSpeakFiveLanguages(String language) {
        for (String path : new String[] {
            "/", "/help", "/sign-in", "/sign-in/link/x", "/problems/not-found", "/problems/name-taken", "/nowhere"
        }) {
            Http.Answer page = http.page(path + "?lang=" + language);
            assertThat(page.status()).as(path).isEqualTo(path.equals("/nowhere") ? 404 : 200);
            assertThat(page.body()).contains("lang=\"" + language + "\"").doesNotContain("??");
        }
    }

    @Test
    void problemTypesOpenAPageThatExplainsThem() {
        Http.Answer page = http.page("/problems/version-missing", "Accept-Language", "en");
        assertThat(page.body()).contains("If-Match");
        assertThat(http.page("/problems/%3Cscript%3E").status()).isEqualTo(404);
    }

    @Test
    void searchEnginesFindEveryPublicPageInFiveLanguagesAndKeepThoseOfAServiceThatIsAway() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        String fair = UUID.randomUUID().toString();
        DIRECTORY.answers(asked -> StubService.Answer.json(
                String.valueOf(asked.uri().getQuery()).contains("cursor")
                        ? "{\"items\":[{\"id\":\"%s\"}]}".formatted(second)
                        : "{\"items\":[{\"id\":\"%s\"}],\"next\":\"/api/v1/organisations?cursor=x&limit=200\"}"
                                .formatted(first)));
        EVENTS.answers(_ -> new StubService.Answer(503, Map.of(), ""));
        Http.Answer map = http.get("/sitemap.xml");
        assertThat(map.status()).isEqualTo(200);
        assertThat(map.header("Content-Type")).startsWith("application/xml");
        assertThat(map.body())
                .contains("<loc>http://localhost:8080/</loc>")
                .contains("<loc>http://localhost:8080/organisations/" + first + "</loc>")
                .contains("hreflang=\"he\" href=\"http://localhost:8080/organisations/" + second + "?lang=he\"")
                .contains("hreflang=\"x-default\"")
                .doesNotContain("/gatherings/")
                .endsWith("</urlset>\n");
        assertThat(DIRECTORY.asked()).allSatisfy(asked -> {
            assertThat(asked.header("Authorization")).isNull();
            assertThat(asked.header("Cookie")).isNull();
        });

        time.pass(Duration.ofMinutes(2));
        EVENTS.answers(_ -> StubService.Answer.json("{\"items\":[{\"id\":\"%s\"}],\"next\":null}".formatted(fair)));
        assertThat(http.get("/sitemap.xml").body())
                .contains("/gatherings/" + fair + "<")
                .contains("/organisations/" + first + "<");
        assertThat(DIRECTORY.asked()).as("still fresh").hasSize(2);

        time.pass(Duration.ofHours(2));
        EVENTS.answers(_ -> new StubService.Answer(503, Map.of(), ""));
        assertThat(http.get("/sitemap.xml").body()).contains("/gatherings/" + fair + "<");
        assertThat(EVENTS.asked()).isNotEmpty();
    }

    @Test
    void browsersFindWhatTheyAskEverySiteFor() {
        assertThat(http.get("/robots.txt").body())
                .contains("Disallow: /api/")
                .contains("Sitemap: http://localhost:8080/sitemap.xml");
        assertThat(http.get("/favicon.ico").header("Content-Type")).startsWith("image/svg+xml");
    }
}
