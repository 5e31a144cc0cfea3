package coop.imece.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.gateway.StubService;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.test.ServiceTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ServiceTest
class FrontIntegrationTests {

    private static final StubService DIRECTORY = new StubService();
    private static final StubService EVENTS = new StubService();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.directory.url", DIRECTORY::url);
        properties.add("imece.edge.services.events.url", EVENTS::url);
        // Nothing listens there.
        properties.add("imece.edge.services.impact.url", () -> "http://127.0.0.1:1");
    }

    @AfterAll
    static void stop() {
        DIRECTORY.close();
        EVENTS.close();
    }

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
        EVENTS.answers(_ -> new StubService.Answer(
                500, java.util.Map.of("Content-Type", "text/html"), "<section>stack trace</section>"));
        DIRECTORY.answers(_ -> StubService.Answer.json("{\"a\":\"json\"}"));
        assertThat(http.page("/").body()).doesNotContain("stack trace").doesNotContain("json\"}");
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
    void browsersFindWhatTheyAskEverySiteFor() {
        assertThat(http.get("/robots.txt").body()).contains("Disallow: /api/");
        assertThat(http.get("/favicon.ico").header("Content-Type")).startsWith("image/svg+xml");
    }
}
