package coop.imece.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public API and the inbox of the sinks, as somebody outside uses them. Waits out 429, 503 and `not-yet-known`.
public final class PublicApi {

    private static final Pattern CODE = Pattern.compile("\\b(\\d{8})\\b");
    private static final Pattern CONFIRMATION = Pattern.compile("[?&/](?:token=|confirmation/)([A-Za-z0-9_.-]{20,})");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Longer than the gateway waits for a service, so that what comes is its 503, which is asked again.
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final URI gateway;
    private final URI inbox;

    /// @param gateway for example `http://localhost:8080`
    /// @param inbox for example `http://localhost:8025`
    public PublicApi(URI gateway, URI inbox) {
        this.gateway = gateway;
        this.inbox = inbox;
    }

    /// An answer of the API.
    ///
    /// @param status HTTP status
    /// @param headers response headers
    /// @param body the JSON body, or an empty object
    public record Answer(int status, java.net.http.HttpHeaders headers, JsonNode body) {

        /// The answer, if its status is one of those expected.
        public Answer expect(int... expected) {
            for (int one : expected) {
                if (status == one) {
                    return this;
                }
            }
            throw new IllegalStateException("unexpected answer " + status + ": " + body);
        }
    }

    /// Signs in by the code that arrives in the inbox; the answer is a bearer token.
    public String signIn(String email) {
        Instant asked = Instant.now();
        send("POST", "/sign-in", null, Map.of("email", email)).expect(202);
        String code = newestMessage(email, asked, CODE);
        return send("POST", "/sign-in/code", null, Map.of("email", email, "code", code))
                .expect(200)
                .body()
                .required("token")
                .asString();
    }

    /// Subscribes an e-mail address or a phone number and confirms it as its owner would.
    public void subscribe(Map<String, ?> subscription, @Nullable String email, @Nullable String phone) {
        Instant asked = Instant.now();
        send("POST", "/subscriptions", null, subscription).expect(202);
        Object confirmation = email != null
                ? Map.of("token", newestMessage(email, asked, CONFIRMATION))
                : Map.of("phone", String.valueOf(phone), "code", newestMessage(String.valueOf(phone), asked, CODE));
        send("POST", "/subscriptions/confirmation", null, confirmation).expect(200);
    }

    /// Sends one request below `/api/v1`, again after 429, 503 and 409 `not-yet-known` as `Retry-After` says.
    public Answer send(String method, String path, @Nullable String token, @Nullable Object body) {
        return send(method, path, token, body, Map.of());
    }

    /// The same with further headers.
    public Answer send(
            String method, String path, @Nullable String token, @Nullable Object body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v1" + path)).timeout(LONGEST_ANSWER);
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            var response = exchange(request.build());
            Answer answer = new Answer(response.statusCode(), response.headers(), parsed(response.body()));
            boolean later = answer.status() == 429
                    || answer.status() == 503
                    || (answer.status() == 409
                            && answer.body().path("type").asString("").endsWith("not-yet-known"));
            if (!later || Instant.now().isAfter(giveUp)) {
                return answer;
            }
            pause(Duration.ofSeconds(
                    response.headers().firstValueAsLong("Retry-After").orElse(1)));
        }
    }

    /// The messages an address or number got, newest first.
    public List<JsonNode> messages(String to) {
        String query = URLEncoder.encode(to, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(inbox.resolve("/api/messages?limit=50&to=" + query))
                .build();
        return parsed(exchange(request).body()).valueStream().toList();
    }

    private String newestMessage(String to, Instant since, Pattern wanted) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        Duration pause = Duration.ofMillis(20);
        while (Instant.now().isBefore(giveUp)) {
            Optional<String> found = messages(to).stream()
                    .filter(m ->
                            !Instant.parse(m.required("receivedAt").asString()).isBefore(since.minusMillis(5)))
                    .map(m -> wanted.matcher(m.path("text").asString()))
                    .filter(java.util.regex.Matcher::find)
                    .map(m -> m.group(1))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
        throw new IllegalStateException("no message arrived for a demo address within " + PATIENCE);
    }

    private JsonNode parsed(String body) {
        return body.startsWith("{") || body.startsWith("[") ? json.readTree(body) : json.createObjectNode();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
    }
}
