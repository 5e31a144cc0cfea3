package coop.imece.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that follows nothing, remembers nothing and talks over a real socket.
public final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;

    private final HttpClient client;

    public Http(int port) {
        this("http://localhost:" + port, CLIENT);
    }

    private Http(String base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /// The same from an address of another network: all of 127.0.0.0/8 is this machine.
    public Http from(String address) {
        return new Http(base, CLIENTS.computeIfAbsent(address, Http::client));
    }

    private static HttpClient client(String address) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(address))
                .build();
    }

    /// An answer.
    public record Answer(int status, String body, HttpResponse<String> raw) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        public List<String> headers(String name) {
            return raw.headers().allValues(name);
        }

        /// What the browser would send back.
        public String cookie() {
            return header("Set-Cookie").replaceFirst(";.*", "");
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, BodyPublishers.ofString(json), with(headers, "Content-Type", "application/json"));
    }

    public Answer form(String path, String fields, String... headers) {
        return send(
                "POST",
                path,
                BodyPublishers.ofString(fields),
                with(headers, "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"));
    }

    public Answer page(String path, String... headers) {
        return get(path, with(headers, "Accept", "text/html"));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = new String[headers.length + more.length];
        System.arraycopy(headers, 0, all, 0, headers.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }
}
