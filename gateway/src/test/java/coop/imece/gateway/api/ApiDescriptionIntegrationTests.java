package coop.imece.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.gateway.Http;
import coop.imece.gateway.StubService;
import coop.imece.platform.test.ApiDocument;
import coop.imece.platform.test.ServiceTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ServiceTest
class ApiDescriptionIntegrationTests {

    private static final StubService EVENTS = new StubService();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("imece.edge.services.events.url", EVENTS::url);
        // Nothing listens there.
        for (String away : new String[] {"directory", "impact", "notification"}) {
            properties.add("imece.edge.services." + away + ".url", () -> "http://127.0.0.1:1");
        }
    }

    @AfterAll
    static void stop() {
        EVENTS.close();
    }

    @LocalServerPort
    int port;

    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
        EVENTS.answers(_ -> StubService.Answer.json("""
                {"openapi": "3.1.0",
                 "paths": {"/api/v1/gatherings/{id}": {"get": {
                   "operationId": "readGathering", "summary": "One gathering", "tags": ["gatherings"],
                   "security": [{}], "parameters": [
                     {"name": "id", "in": "path", "required": true},
                     {"name": "part", "in": "query"}, {"name": "If-None-Match", "in": "header"}],
                   "responses": {"303": {"description": "stub"},
                     "400": {"content": {"application/problem+json": {}}},
                     "429": {"content": {"application/problem+json": {}}}}}}}}
                """));
    }

    @Test
    void putsTheServicesAndItselfTogetherAndNamesWhoIsAway() {
        Http.Answer answer = http.get("/api/v1/openapi.json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var document = ApiDocument.of(answer.body());

        assertThat(document.operations())
                .extracting(ApiDocument.Operation::toString)
                .contains("GET /api/v1/me", "POST /api/v1/sign-in", "GET /api/v1/gatherings/{id}");
        assertThat(document.breaches()).isEmpty();
        assertThat(document.json().at("/paths/~1api~1v1~1me/get/parameters").isMissingNode())
                .as("the visitor is no parameter")
                .isTrue();
        assertThat(document.json()
                        .at("/paths/~1api~1v1~1sign-in/post/responses/403")
                        .isMissingNode())
                .as("a program is told that it is not for programs")
                .isFalse();
        assertThat(document.json().path("x-missing").valueStream().map(node -> node.asString("")))
                .containsExactly("directory-service", "impact-service", "notification-service");
        assertThat(http.get("/api/v1/openapi.json", "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(http.get("/internal/openapi").status()).isEqualTo(404);
    }

    @Test
    void anOperationThatReadsCanBeTriedByAPlainForm() {
        Http.Answer page = http.page("/api/operations/readGathering", "Accept-Language", "en");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("action=\"/try-api/readGathering\"")
                .contains("name=\"part\"")
                .doesNotContain("If-None-Match");
        assertThat(http.page("/try-api/readGathering?id=a%2Fb%20%7Bc%7D&part=").header("Location"))
                .isEqualTo("/api/v1/gatherings/a%2Fb%20%7Bc%7D");
        assertThat(http.page("/try-api/readGathering?id=1&part=x%26y").header("Location"))
                .isEqualTo("/api/v1/gatherings/1?part=x%26y");
        assertThat(http.page("/try-api/signIn").status()).isEqualTo(404);
        assertThat(http.page("/api/operations/nothing").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "en", "sl", "he", "it"})
    void thePageSpeaksFiveLanguages(String language) {
        for (String path : new String[] {"/api", "/api/operations/readMe"}) {
            Http.Answer page = http.page(path, "Accept-Language", language);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            assertThat(page.body())
                    .contains("lang=\"" + language + "\"", "</html>")
                    .doesNotContain("??");
            assertThat(http.page(path + "?lang=" + language).body()).contains("lang=\"" + language + "\"");
        }
    }

    @Test
    void aProblemOnlyAServiceKnowsIsExplainedInItsWords() {
        EVENTS.answers(asked -> asked.uri().getPath().equals("/internal/problems/gathering-over")
                        && "it".equals(asked.header("Accept-Language"))
                ? StubService.Answer.json("{\"title\":\"È già finito\",\"detail\":\"Non si può più annullare.\"}")
                : new StubService.Answer(404, java.util.Map.of("Content-Type", "application/problem+json"), "{}"));
        assertThat(http.page("/problems/gathering-over", "Accept-Language", "it")
                        .body())
                .contains("È già finito", "Non si può più annullare.");
        assertThat(http.page("/problems/nobody-knows", "Accept-Language", "it").status())
                .isEqualTo(200);
    }
}
