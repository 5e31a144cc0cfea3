package coop.imece.platform.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An OpenAPI document, and the rules every one of ours keeps.
///
/// @param json the document
public record ApiDocument(JsonNode json) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /// Reads a document.
    public static ApiDocument of(String text) {
        return new ApiDocument(JsonMapper.shared().readTree(text));
    }

    /// The document of a running service.
    ///
    /// @param port where it listens
    public static ApiDocument read(int port) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/openapi"));
            return of(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    /// One operation.
    ///
    /// @param method lower case, as in the document
    /// @param path the template of the path, for example `/api/v1/gatherings/{id}`
    /// @param json what the document says of it
    public record Operation(String method, String path, JsonNode json) {

        /// Whether it has the header parameter.
        public boolean takesHeader(String name) {
            return takes("header", name);
        }

        /// Whether it has the query parameter.
        public boolean takesQuery(String name) {
            return takes("query", name);
        }

        private boolean takes(String in, String name) {
            return json.path("parameters")
                    .valueStream()
                    .anyMatch(parameter -> parameter.path("in").asString("").equals(in)
                            && parameter.path("name").asString("").equals(name));
        }

        /// The scope a program needs, or an empty text.
        public String scope() {
            return json.path("security")
                    .valueStream()
                    .flatMap(way -> way.path("program").valueStream())
                    .map(JsonNode::asString)
                    .findFirst()
                    .orElse("");
        }

        /// Whether nobody has to sign in for it.
        public boolean forEverybody() {
            return json.path("security").valueStream().anyMatch(JsonNode::isEmpty);
        }

        @Override
        public String toString() {
            return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        }
    }

    /// All operations, by path and method.
    public List<Operation> operations() {
        var sorted = new TreeMap<String, Operation>();
        for (Map.Entry<String, JsonNode> path : json.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    sorted.put(
                            path.getKey() + " " + method.getKey(),
                            new Operation(method.getKey(), path.getKey(), method.getValue()));
                }
            }
        }
        return List.copyOf(sorted.values());
    }

    /// Everything in which the document breaks the rules of the API, one line each.
    public List<String> breaches() {
        var breaches = new ArrayList<String>();
        if (!json.path("openapi").asString("").startsWith("3.1")) {
            breaches.add("not OpenAPI 3.1");
        }
        Set<String> ids = new HashSet<>();
        for (Operation operation : operations()) {
            String id = operation.json().path("operationId").asString("");
            if (id.isEmpty() || operation.json().path("summary").asString("").isEmpty()) {
                breaches.add(operation + " is not @Described");
                continue;
            }
            if (!ids.add(id)) {
                breaches.add(operation + " has an operationId that another has: " + id);
            }
            check(operation, breaches);
        }
        references(json, breaches);
        return breaches;
    }

    private void check(Operation operation, Collection<String> breaches) {
        JsonNode responses = operation.json().path("responses");
        if (responses.properties().stream()
                .noneMatch(r -> r.getKey().startsWith("2") || r.getKey().equals("303"))) {
            breaches.add(operation + " cannot succeed");
        }
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            JsonNode content = response.getValue().path("content");
            if (response.getKey().startsWith("5") && !response.getKey().equals("503")) {
                breaches.add(operation + " promises " + response.getKey());
            }
            if (response.getKey().compareTo("400") >= 0 && !content.has("application/problem+json")) {
                breaches.add(operation + " answers " + response.getKey() + " without a problem");
            }
            if (Set.of("200", "201").contains(response.getKey())
                    && content.path("application/json").path("schema").isEmpty()) {
                breaches.add(operation + " answers " + response.getKey() + " without a schema");
            }
        }
        require(operation, breaches, responses.has("400") && responses.has("429"), "400 and 429");
        require(operation, breaches, operation.forEverybody() || responses.has("401"), "401");
        require(
                operation,
                breaches,
                !operation.method().equals("post") || operation.takesHeader("Idempotency-Key"),
                "Idempotency-Key");
        require(
                operation,
                breaches,
                !operation.method().equals("patch") || operation.takesHeader("If-Match"),
                "If-Match");
        require(
                operation,
                breaches,
                !operation.takesHeader("If-Match")
                        || (responses.has("412")
                                && responses.has("428") != operation.method().equals("post")),
                "412, and 428 where a version must be named");
        require(operation, breaches, !operation.json().has("requestBody") || responses.has("422"), "422");
        require(
                operation,
                breaches,
                operation.takesQuery("cursor") == operation.takesQuery("limit"),
                "cursor and limit together");
        JsonNode body = answer(operation);
        if (body.path("properties").has("items")) {
            require(operation, breaches, body.path("properties").has("total"), "total beside items");
            require(
                    operation,
                    breaches,
                    operation.takesQuery("cursor") == body.path("properties").has("next"),
                    "cursor where there is a next page");
        }
    }

    private static void require(Operation operation, Collection<String> breaches, boolean condition, String what) {
        if (!condition) {
            breaches.add(operation + " lacks " + what);
        }
    }

    /// The schema of a success, followed through its reference.
    public JsonNode answer(Operation operation) {
        JsonNode responses = operation.json().path("responses");
        JsonNode schema = (responses.has("200") ? responses.path("200") : responses.path("201"))
                .path("content")
                .path("application/json")
                .path("schema");
        return resolved(schema);
    }

    /// What a reference refers to, or the node itself.
    public JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : json.at(reference.substring(1));
    }

    private void references(JsonNode node, Collection<String> breaches) {
        String reference = node.path("$ref").asString("");
        if (!reference.isEmpty() && resolved(node).isMissingNode()) {
            breaches.add("nothing at " + reference);
        }
        for (JsonNode child : node) {
            references(child, breaches);
        }
    }
}
