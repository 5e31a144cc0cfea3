package coop.imece.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@ContextConfiguration(classes = SampleApplication.class, initializers = SampleTopics.class)
class HttpBorderIntegrationTests {

    private static final String PROBLEM = "application/problem+json";
    private static final String ADDRESS = "/api/v1/notes";
    private static final TestTokens TOKENS = TestTokens.of("sample-service");

    @Autowired
    MockMvc http;

    @Autowired
    Notes notes;

    @Autowired
    MongoOperations mongo;

    @LocalServerPort
    int port;

    @ParameterizedTest(name = "{0} → {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {"text":"a","stars":1,"texd":"b"}                                  | #/texd          | unknown-field
            {"text":"a","stars":1,"state":"DRAFT"}                             | #/state         | read-only
            {"text":7,"stars":1}                                               | #/text          | wrong-type
            {"text":"a","stars":"1"}                                           | #/stars         | wrong-type
            {"text":"a","stars":1.5}                                           | #/stars         | wrong-type
            {"text":"a","stars":1,"colour":"GREN"}                             | #/colour        | unknown-code
            {"text":"a","stars":1,"colour":0}                                  | #/colour        | unknown-code
            {"text":"a","stars":1,"title":{"tr":{"words":"b"}}}                | #/title/tr/words | unknown-field
            {"text":"a","stars":1,"title":{"tr":["b"]}}                        | #/title/tr      | wrong-type
            {"text":"a","stars":1,"starts":{"at":"2027-02-30T10:00:00+03:00","zone":"Europe/Istanbul"}} | #/starts/at   | wrong-type
            {"text":"a","stars":1,"starts":{"at":"2027-02-03T10:00:00+03:00","zone":"Europe/Nowhere"}}  | #/starts/zone | wrong-type
            {"stars":1}                                                        | #/text          | required
            [1]                                                                | #               | wrong-type
            """)
    void pointsAtWhatItRefuses(String body, String pointer, String code) throws Exception {
        http.perform(post(ADDRESS).contentType("application/json").content(body))
                .andExpect(status().is(422))
                .andExpect(content().contentType(PROBLEM))
                .andExpect(jsonPath("$.type").value("/problems/invalid"))
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer))
                .andExpect(jsonPath("$.errors[0].code").value(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"text\":", "nonsense", "{\"text\":\"a\",\"text\":\"b\"}", ""})
    void saysWhenABodyIsNotJson(String body) throws Exception {
        http.perform(post(ADDRESS).contentType("application/json").content(body))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(PROBLEM))
                .andExpect(jsonPath("$.type").value("/problems/malformed"));
    }

    @Test
    void suggestsWhatMayHaveBeenMeantInTheReadersLanguage() throws Exception {
        http.perform(post(ADDRESS)
                        .contentType("application/json")
                        .header("Accept-Language", "tr")
                        .content("{\"text\":\"a\",\"stars\":1,\"colour\":\"GREN\"}"))
                .andExpect(jsonPath("$.title").value("Bazı alanlara yeniden bakılmalı"))
                .andExpect(jsonPath("$.errors[0].detail").value("Bilinmeyen kod. Benzerleri: GREEN, RED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "xx-yy-zz", "*", "%%%", "tr;q=banana"})
    void answersInEnglishWhereTheLanguageIsNotOurs(String language) throws Exception {
        http.perform(get(ADDRESS + "/" + Ids.v7()).header("Accept-Language", language))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.status").value(404));
    }

    @Test
    void answersEveryMistakeWithAProblem() throws Exception {
        http.perform(get(ADDRESS + "/not-an-id")).andExpect(problem(400, "bad-parameter"));
        http.perform(get(ADDRESS + "?limt=3")).andExpect(problem(400, "bad-parameter"));
        http.perform(get(ADDRESS + "?limit=many")).andExpect(problem(400, "bad-parameter"));
        http.perform(get("/api/v1/nothing")).andExpect(problem(404, "not-found"));
        http.perform(delete(ADDRESS)).andExpect(problem(405, "method-not-allowed"));
        http.perform(post(ADDRESS).contentType("text/plain").content("a"))
                .andExpect(problem(415, "unsupported-media-type"));
        http.perform(post(ADDRESS).contentType("no type at all").content("a"))
                .andExpect(problem(415, "unsupported-media-type"));
        http.perform(get(ADDRESS).header("Accept", "image/png")).andExpect(problem(406, "not-acceptable"));
        http.perform(post(ADDRESS).contentType("application/json").content("\"" + "a".repeat(1_100_000) + "\""))
                .andExpect(problem(413, "too-large"));
    }

    @Test
    void answersEvenWhatTheContainerRefusesWithoutNamingIt() throws Exception {
        for (String target : List.of("/api/v1/a|b", "/api/v1/%zz", "/api/v1/..%2f..%2fetc")) {
            assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .as(target)
                    .matches("(?s)HTTP/1.1 4\\d\\d.*")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContain("<html")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void answersParametersThatCannotBeDecodedWithAProblem() throws Exception {
        for (String query : List.of("limit=%zz", "limit=%FF", "limit=%")) {
            assertThat(raw("GET " + ADDRESS + "?" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .as(query)
                    .startsWith("HTTP/1.1 400")
                    .contains("/problems/");
        }
        assertThat(raw("POST " + ADDRESS + "/form HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type:"
                        + " application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ntext=%zz"))
                .startsWith("HTTP/1.1 400");
    }

    private String raw(String request) throws java.io.IOException {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysNothingOfADefect() throws Exception {
        http.perform(get(ADDRESS + "/defect"))
                .andExpect(problem(500, "defect"))
                .andExpect(content().string(not(containsString("secret"))));
    }

    @Test
    void readsAPlainTextInTheRequestsContentLanguage() throws Exception {
        http.perform(post(ADDRESS)
                        .contentType("application/json")
                        .header("Content-Language", "tr")
                        .content("{\"text\":\"a\",\"stars\":1,\"title\":\"Fuar\"}"))
                .andExpect(status().isCreated());
    }

    @Test
    void knowsTheCallerByTheGatewaysToken() throws Exception {
        UUID account = Ids.v7();
        UUID note = notes.save(Note.write(Ids.v7(), "seen")).id();

        http.perform(get(ADDRESS + "/" + note).header("Authorization", TOKENS.account(account)))
                .andExpect(jsonPath("$.account").value(account.toString()));
        http.perform(get(ADDRESS + "/" + note)).andExpect(jsonPath("$.account").doesNotExist());
    }

    @Test
    void refusesEveryTokenItCannotTrust() throws Exception {
        UUID account = Ids.v7();
        for (String token : List.of(
                TOKENS.expired(account),
                TOKENS.forged(account),
                TestTokens.of("other-service").account(account),
                "Bearer a.b.c",
                "Bearer ",
                "Basic YTpi",
                unsigned(account))) {
            http.perform(get(ADDRESS).header("Authorization", token))
                    .andExpect(problem(401, "token-refused"))
                    .andExpect(header().string("WWW-Authenticate", "Bearer"));
        }
    }

    private static String unsigned(UUID account) {
        String payload =
                "{\"iss\":\"imece-gateway\",\"aud\":\"sample-service\",\"sub\":\"" + account + "\",\"exp\":4000000000}";
        var encoder = java.util.Base64.getUrlEncoder().withoutPadding();
        return "Bearer "
                + encoder.encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + ".";
    }

    @Test
    void changesOnlyTheVersionThatWasMeant() throws Exception {
        UUID note = notes.save(Note.write(Ids.v7(), "before")).id();

        change(note, null, "{\"text\":\"x\"}")
                .andExpect(problem(428, "version-missing"))
                .andExpect(header().string("ETag", "\"0\""));
        change(note, "\"7\"", "{\"text\":\"x\"}").andExpect(problem(412, "changed-meanwhile"));
        change(note, "\"0\"", "{\"state\":\"x\"}")
                .andExpect(problem(422, "invalid"))
                .andExpect(jsonPath("$.errors[0].code").value("read-only"));
        change(note, "\"0\"", "{\"texd\":\"x\"}")
                .andExpect(problem(422, "invalid"))
                .andExpect(jsonPath("$.errors[0].pointer").value("#/texd"));
        change(note, "\"0\"", "{\"text\":\"after\"}")
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.text").value("after"));
    }

    private org.springframework.test.web.servlet.ResultActions change(
            UUID note, @org.jspecify.annotations.Nullable String version, String body) throws Exception {
        var request = patch(ADDRESS + "/" + note)
                .contentType("application/merge-patch+json")
                .content(body);
        return http.perform(version == null ? request : request.header("If-Match", version));
    }

    @Test
    void runsSixtyFourEqualRequestsOnce() throws Exception {
        String key = UUID.randomUUID().toString();
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            requests.add(() -> send(key, "{\"text\":\"only once " + key + "\",\"stars\":1}"));
        }
        long before = notes.count();

        List<HttpResponse<String>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }

        assertThat(notes.count()).isEqualTo(before + 1);
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .isSubsetOf(201, 409)
                .contains(201);
        assertThat(answers.stream()
                        .filter(a -> a.statusCode() == 201)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        HttpResponse<String> later = send(key, "{\"text\":\"only once " + key + "\",\"stars\":1}");
        assertThat(later.statusCode()).isEqualTo(201);
        assertThat(later.headers().firstValue("Location")).isPresent();
        assertThat(later.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(notes.count()).isEqualTo(before + 1);
    }

    @Test
    void refusesTheSameKeyWithOtherContent() throws Exception {
        String key = UUID.randomUUID().toString();
        assertThat(send(key, "{\"text\":\"one\",\"stars\":1}").statusCode()).isEqualTo(201);

        HttpResponse<String> other = send(key, "{\"text\":\"two\",\"stars\":1}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
    }

    @Test
    void repeatsARefusalAsItWasKept() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = "{\"text\":\"confidential words\",\"stars\":1,\"texd\":\"b\"}";

        HttpResponse<String> refusal = send(key, body, "tr");
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(refusal.headers().firstValue("Content-Language")).contains("tr");

        // Refused anew, it would be refused in the other language.
        HttpResponse<String> repeated = send(key, body, "en");
        assertThat(repeated.statusCode()).isEqualTo(422);
        assertThat(repeated.headers().firstValue("Content-Type")).contains(PROBLEM);
        assertThat(repeated.headers().firstValue("Content-Language")).contains("tr");
        assertThat(repeated.body()).isEqualTo(refusal.body());
        assertThat(send(UUID.randomUUID().toString(), body, "en").body()).isNotEqualTo(refusal.body());
    }

    @Test
    void keepsNoReadableAnswer() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = "{\"text\":\"confidential words\",\"stars\":1}";
        assertThat(send(key, body).statusCode()).isEqualTo(201);

        assertThat(mongo.findAll(org.bson.Document.class, IdempotentRequests.COLLECTION)
                        .toString())
                .doesNotContain("confidential")
                .doesNotContain(key);
    }

    @Test
    void repeatsWhatAKilledProcessLeftRunningWithoutASecondEffect() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = "{\"text\":\"killed\",\"stars\":1}";
        assertThat(send(key, body).statusCode()).isEqualTo(201);
        long before = notes.count();
        // As a kill after the insert and before the answer leaves it: still running, in a run of this instance that is
        // gone.
        mongo.execute(
                IdempotentRequests.COLLECTION,
                requests -> requests.updateMany(
                        new org.bson.Document(),
                        new org.bson.Document(
                                "$set", new org.bson.Document("state", "RUNNING").append("run", "killed"))));

        assertThat(send(key, body).statusCode()).isEqualTo(201);

        assertThat(notes.count()).isEqualTo(before);
    }

    private HttpResponse<String> send(String key, String body) throws Exception {
        return send(key, body, "en");
    }

    private HttpResponse<String> send(String key, String body, String language) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ADDRESS))
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .header("Accept-Language", language)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static org.springframework.test.web.servlet.ResultMatcher problem(int code, String slug) {
        return result -> {
            assertThat(result.getResponse().getStatus()).as(slug).isEqualTo(code);
            assertThat(result.getResponse().getContentType()).isEqualTo(PROBLEM);
            assertThat(result.getResponse().getContentAsString()).contains("\"/problems/" + slug + "\"");
        };
    }
}
