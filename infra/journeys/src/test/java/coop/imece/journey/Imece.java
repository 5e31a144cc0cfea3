package coop.imece.journey;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.demo.PublicApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The whole of İmece, started once for all journeys of a test run.
final class Imece implements AutoCloseable {

    private final ImeceSystem system;

    private Imece(ImeceSystem system) {
        this.system = system;
    }

    static Imece start() {
        try {
            return start(Options.forTests(Files.createTempDirectory("imece-journey")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Imece start(Options options) {
        var system = ImeceSystem.start(options, new coop.imece.launcher.Progress(System.out));
        try {
            system.awaitReady();
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
        return new Imece(system);
    }

    static Path freshData() throws IOException {
        return Files.createTempDirectory("imece-journey");
    }

    ImeceSystem system() {
        return system;
    }

    PublicApi api() {
        return new PublicApi(system.url(), system.inboxUrl());
    }

    URI url(String path) {
        return system.url().resolve(path);
    }

    /// A text from a phone, as the operator would bring it.
    void inboundSms(String from, String text) throws IOException, InterruptedException {
        var body = new JsonMapper().writeValueAsString(Map.of("channel", "SMS", "from", from, "text", text));
        var request = HttpRequest.newBuilder(system.inboxUrl().resolve("/api/messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IllegalStateException("the inbox answered " + status);
            }
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
