package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The rules of the API, held against every operation of a running service.
///
/// What there is to test comes from the service's own OpenAPI document (kept in `target/openapi.json` to be looked at),
/// so that a new operation without an [Example] fails; how it is called rightly comes from the service's table. Each
/// rule asks for an example of its own.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> everyOperationKeepsTheRules() {
///     return new ApiConformance(port)
///             .with("readGathering", () -> Example.of("/api/v1/gatherings/" + announced()))
///             .tests();
/// }
/// ```
public final class ApiConformance {

    private static final int AT_ONCE = 8;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    /// A request that succeeds.
    ///
    /// @param path path and query
    /// @param body the body, if it takes one
    /// @param token gives the `Authorization` header; tokens live shortly
    /// @param version the `ETag` of the thing that is changed; null if there is none yet
    /// @param another makes one more thing of a list
    public record Example(
            String path,
            @Nullable String body,
            @Nullable Callable<String> token,
            @Nullable String version,
            @Nullable Callable<?> another) {

        /// Anybody's, without body.
        public static Example of(String path) {
            return new Example(path, null, null, null, null);
        }

        public Example body(String json) {
            return new Example(path, json, token, version, another);
        }

        /// @param by gives a fresh `Authorization` header
        public Example by(Callable<String> by) {
            return new Example(path, body, by, version, another);
        }

        /// What it changes is there, in this version.
        public Example at(String etag) {
            return new Example(path, body, token, etag, another);
        }

        /// A list, and how it grows.
        public Example growing(Callable<?> one) {
            return new Example(path, body, token, version, one);
        }
    }

    private final String base;
    private final Map<String, Callable<Example>> examples = new LinkedHashMap<>();
    private final Set<String> last = new HashSet<>();
    private final int port;
    private final @Nullable ApiDocument given;

    /// @param port where the service listens
    public ApiConformance(int port) {
        this(port, null);
    }

    /// The same for a part of an API.
    ///
    /// @param document what there is to test, or null for all the service says of itself
    public ApiConformance(int port, @Nullable ApiDocument document) {
        this.base = "http://127.0.0.1:" + port;
        this.port = port;
        this.given = document;
    }

    /// Adds a row to the table.
    ///
    /// @param operationId as in the document
    /// @param example makes a request that succeeds, each time with things of its own
    public ApiConformance with(String operationId, Callable<Example> example) {
        examples.put(operationId, example);
        return this;
    }

    /// Says that an operation takes away what its caller was known by, so that nobody can ask for it twice.
    public ApiConformance lastly(String operationId) {
        last.add(operationId);
        return this;
    }

    /// Prepares something for an example; fails if it is refused. The version is the `ETag` of the answer.
    public HttpResponse<String> prepare(String method, String path, @Nullable String token, @Nullable String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", token);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(400);
        return answer;
    }

    /// The `ETag` of an answer.
    public static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /// One test for each operation and rule.
    public Stream<DynamicTest> tests() throws Exception {
        ApiDocument document = given == null ? served() : given;
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest(
                "the document keeps the rules",
                () -> assertThat(document.breaches()).isEmpty()));
        tests.add(dynamicTest(
                "every operation has an example",
                () -> assertThat(document.operations().stream().map(ApiConformance::id))
                        .containsExactlyInAnyOrderElementsOf(examples.keySet())));
        for (ApiDocument.Operation operation : document.operations()) {
            Callable<Example> example = examples.get(id(operation));
            if (example != null) {
                new Rules(document, operation, example).add(tests);
            }
        }
        return tests.stream();
    }

    private static String id(ApiDocument.Operation operation) {
        return operation.json().path("operationId").asString("");
    }

    private ApiDocument served() throws IOException, InterruptedException {
        ApiDocument document = ApiDocument.read(port);
        Files.writeString(Path.of("target", "openapi.json"), document.json().toString());
        return document;
    }

    /// The rules for one operation.
    private final class Rules {

        private final ApiDocument document;
        private final ApiDocument.Operation operation;
        private final Callable<Example> examples;
        private final JsonNode content;

        Rules(ApiDocument document, ApiDocument.Operation operation, Callable<Example> examples) {
            this.document = document;
            this.operation = operation;
            this.examples = examples;
            this.content = operation.json().path("requestBody").path("content");
        }

        void add(List<DynamicTest> tests) {
            rule(tests, "succeeds as described", this::succeeds);
            rule(tests, "refuses an unknown query parameter", this::unknownParameter);
            if (!operation.forEverybody()) {
                rule(tests, "is closed to those who have not signed in", this::notSignedIn);
            }
            if (!content.isEmpty()) {
                rule(tests, "refuses what is no JSON", this::malformed);
                rule(tests, "refuses JSON of another kind", this::wrongType);
                rule(tests, "refuses unknown fields by name", this::unknownField);
                rule(tests, "refuses other media types", this::otherMediaType);
                for (String field : serverOwned()) {
                    rule(tests, "refuses the server's field " + field, () -> serverOwned(field));
                }
            }
            if (operation.takesHeader("If-Match")) {
                rule(
                        tests,
                        "changes only the version that is meant",
                        operation.method().equals("post") ? this::seenVersion : this::versions);
            }
            if (operation.takesHeader("Idempotency-Key") && !last.contains(id(operation))) {
                rule(tests, "gives the first answer again to the same key", this::repeated);
                rule(tests, "has one effect when asked several times at once", this::atOnce);
            }
            if (operation.takesQuery("cursor")) {
                rule(tests, "refuses limits and cursors that are none", this::badPages);
                rule(tests, "can be read to its end by its own links while it grows", this::pages);
            }
        }

        private void rule(List<DynamicTest> tests, String sentence, Executable rule) {
            tests.add(dynamicTest(operation + " " + sentence, rule));
        }

        private void succeeds() throws Exception {
            Example example = examples.call();
            var answer = send(example, example.body(), headers());
            int status = answer.statusCode();
            JsonNode described = operation.json().path("responses").path(Integer.toString(status));
            assertThat(status).as(answer.body()).isLessThan(400);
            assertThat(described.isMissingNode()).as("described: %s", status).isFalse();
            for (String header : described.path("headers").propertyNames()) {
                assertThat(answer.headers().firstValue(header)).as(header).isPresent();
            }
            if (operation.method().equals("get") && status == 200) {
                String caching = answer.headers().firstValue("Cache-Control").orElse("");
                assertThat(caching).matches(".*(public|private|no-store).*");
                if (caching.contains("private")) {
                    assertThat(String.join(",", answer.headers().allValues("Vary")))
                            .containsIgnoringCase("Authorization")
                            .containsIgnoringCase("Cookie");
                }
            }
            required(
                    document.resolved(
                            described.path("content").path("application/json").path("schema")),
                    answer.body());
        }

        private void required(JsonNode schema, String body) {
            for (JsonNode field : schema.path("required")) {
                assertThat(JSON.readTree(body).has(field.asString()))
                        .as(field.asString())
                        .isTrue();
            }
        }

        private void unknownParameter() throws Exception {
            Example example = examples.call();
            String path = example.path() + (example.path().contains("?") ? "&" : "?") + "colour=blue";
            problem(send(example, path, example.body(), headers()), 400, "bad-parameter");
        }

        private void notSignedIn() throws Exception {
            Example example = examples.call();
            Example anybody = new Example(example.path(), example.body(), null, example.version(), null);
            problem(send(anybody, anybody.body(), headers()), 401, null);
        }

        private void malformed() throws Exception {
            problem(send(examples.call(), "{\"a\":", headers()), 400, "malformed");
        }

        private void wrongType() throws Exception {
            problem(send(examples.call(), "[1]", headers()), 422, "invalid");
        }

        private void unknownField() throws Exception {
            Example example = examples.call();
            refusedField(send(example, with(example, "colour"), headers()), "#/colour", "unknown-field");
        }

        private void serverOwned(String field) throws Exception {
            Example example = examples.call();
            refusedField(send(example, with(example, field), headers()), "#/" + field, "read-only");
        }

        private void refusedField(HttpResponse<String> answer, String pointer, String code) {
            JsonNode problem = problem(answer, 422, "invalid");
            assertThat(problem.path("errors")
                            .valueStream()
                            .map(error -> error.path("pointer").asString("") + " "
                                    + error.path("code").asString("")))
                    .as(answer.body())
                    .contains(pointer + " " + code);
        }

        private void otherMediaType() throws Exception {
            Example example = examples.call();
            problem(
                    send(example, example.body(), headers("Content-Type", "text/plain")),
                    415,
                    "unsupported-media-type");
        }

        /// A step may name the version that was seen, and need not.
        private void seenVersion() throws Exception {
            Example example = examples.call();
            problem(send(example, example.body(), headers("If-Match", "\"987654321\"")), 412, "changed-meanwhile");
        }

        private void versions() throws Exception {
            Example example = examples.call();
            String version = Objects.requireNonNull(example.version(), "an example of a change");
            Example without = new Example(example.path(), example.body(), example.token(), null, null);
            var missing = send(without, without.body(), headers());
            problem(missing, 428, "version-missing");
            var stale = send(without, without.body(), headers("If-Match", "\"987654321\""));
            problem(stale, 412, "changed-meanwhile");
            assertThat(missing.headers().firstValue("ETag")).contains(version);
            assertThat(stale.headers().firstValue("ETag")).contains(version);
            var done = send(example, example.body(), headers());
            assertThat(done.statusCode()).as(done.body()).isBetween(200, 204);
            assertThat(done.headers().firstValue("ETag")).isNotEqualTo(Optional.of(version));
        }

        private void repeated() throws Exception {
            Example example = examples.call();
            String[] key = headers("Idempotency-Key", UUID.randomUUID().toString());
            var first = send(example, example.body(), key);
            var again = send(example, example.body(), key);
            assertThat(first.statusCode()).as(first.body()).isLessThan(400);
            assertThat(again.statusCode()).isEqualTo(first.statusCode());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("Location"))
                    .isEqualTo(first.headers().firstValue("Location"));
            problem(send(example, "{\"other\":true}", key), 422, "idempotency-key-reused");
        }

        private void atOnce() throws Exception {
            Example example = examples.call();
            String[] key = headers("Idempotency-Key", UUID.randomUUID().toString());
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<HttpResponse<String>> one = () -> {
                    var answer = send(example, example.body(), key);
                    while (answer.statusCode() == 409
                            && answer.headers().firstValue("Retry-After").isPresent()) {
                        answer = send(example, example.body(), key);
                    }
                    return answer;
                };
                Set<String> answers = new HashSet<>();
                for (Future<HttpResponse<String>> answer : pool.invokeAll(Collections.nCopies(AT_ONCE, one))) {
                    answers.add(answer.get().statusCode() + " "
                            + answer.get().headers().firstValue("Location").orElse("") + " "
                            + answer.get().body());
                }
                assertThat(answers).hasSize(1);
            }
        }

        private void badPages() throws Exception {
            for (String query : List.of("limit=201", "limit=0", "limit=many", "cursor=%21%21")) {
                Example example = examples.call();
                String path = example.path() + (example.path().contains("?") ? "&" : "?") + query;
                problem(send(example, path, null, headers()), 400, "bad-parameter");
            }
        }

        private void pages() throws Exception {
            Example example = examples.call();
            Callable<?> another = Objects.requireNonNull(example.another(), "an example of a list that grows");
            another.call();
            another.call();
            @Nullable String next = example.path() + (example.path().contains("?") ? "&" : "?") + "limit=1";
            List<String> seen = new ArrayList<>();
            for (int page = 0; next != null && page < 100; page++) {
                var answer = send(example, next, null, headers());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode list = JSON.readTree(answer.body());
                list.path("items").forEach(item -> seen.add(item.path("id").asString("")));
                next = list.path("next").isString() ? list.path("next").stringValue() : null;
                if (page == 0) {
                    assertThat(next).as("a second page").isNotNull();
                    another.call();
                }
            }
            assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2);
        }

        /// What the answer marks as read-only, where the same thing is written: a step in its life takes no field of
        /// it.
        private List<String> serverOwned() {
            if (operation.method().equals("post")) {
                return List.of();
            }
            JsonNode answer = document.answer(operation);
            return answer.path("properties").properties().stream()
                    .filter(property -> property.getValue().path("readOnly").asBoolean(false))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private String with(Example example, String field) {
            ObjectNode body = (ObjectNode) JSON.readTree(String.valueOf(example.body()));
            return body.put(field, "x").toString();
        }

        private JsonNode problem(HttpResponse<String> answer, int status, @Nullable String slug) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.path("title").asString("")).isNotEmpty();
            assertThat(problem.path("detail").asString("")).isNotEmpty();
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            if (slug != null) {
                assertThat(problem.path("type").asString("")).isEqualTo("/problems/" + slug);
            }
            assertThat(operation.json().path("responses").has(Integer.toString(status)))
                    .as("described: %s", status)
                    .isTrue();
            return problem;
        }

        private String[] headers(String... headers) {
            return headers;
        }

        private HttpResponse<String> send(Example example, @Nullable String body, String[] headers) throws Exception {
            return send(example, example.path(), body, headers);
        }

        private HttpResponse<String> send(Example example, String path, @Nullable String body, String[] headers)
                throws Exception {
            var request = HttpRequest.newBuilder(URI.create(base + path));
            request.header("Accept", "application/json");
            if (body != null) {
                request.setHeader("Content-Type", content.isEmpty() ? "application/json" : mediaType());
            }
            if (example.token() != null) {
                request.header("Authorization", example.token().call());
            }
            if (example.version() != null) {
                request.header("If-Match", example.version());
            }
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
            request.method(
                    operation.method().toUpperCase(Locale.ROOT),
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        private String mediaType() {
            return content.propertyNames().iterator().next();
        }
    }
}
