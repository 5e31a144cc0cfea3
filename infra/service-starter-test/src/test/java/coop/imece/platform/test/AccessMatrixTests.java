package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import coop.imece.platform.test.AccessMatrix.Attempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/// A matrix is worth something only if it fails: against a service whose mistakes are known.
class AccessMatrixTests {

    private static final ApiDocument DOCUMENT = ApiDocument.of("""
            {"paths": {"/api/v1/notes/{id}": {
               "get": {"security": [{}, {"person": []}], "responses": {"200": {}, "401": {}}},
               "put": {"security": [{"person": []}], "responses": {"200": {}, "401": {}, "403": {}}}}}}""");

    private static final String RIGHT = """
            | | anyone | editor | viewer |
            | GET /notes/{id} | 200 | 200 | 200 |
            | PUT /notes/{id} | 401 | 200 | 403 |
            """;

    private final AtomicInteger notes = new AtomicInteger();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                boolean reads = exchange.getRequestMethod().equals("GET");
                if (token.equals("Bearer careless")) {
                    versions.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
                }
                int status = switch (token) {
                    case "Bearer editor", "Bearer credulous" -> 200;
                    case "Bearer viewer", "Bearer careless" -> reads ? 200 : 403;
                    case "null" -> reads ? 200 : 401;
                    case "Bearer odd" -> 418;
                    default -> 401;
                };
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void passesWhereTheServiceDoesWhatTheTableSays() {
        assertThat(failures(matrix(RIGHT))).isEmpty();
    }

    @Test
    void failsWhereACellIsOtherwise() {
        assertThat(failures(matrix(RIGHT.replace("401 | 200 | 403", "401 | 200 | 200"))))
                .singleElement()
                .asString()
                .startsWith("PUT /notes/{id}")
                .contains("\"viewer\"=\"403\"");
    }

    @Test
    void failsWithoutARowForAnOperation() {
        assertThat(failures(matrix("""
                        | | anyone | editor | viewer |
                        | GET /notes/{id} | 200 | 200 | 200 |
                        """))).singleElement().asString().contains("PUT /notes/{id}");
    }

    @Test
    void failsWithARowForNothing() {
        assertThat(failures(matrix(RIGHT + "| DELETE /notes/{id} | 401 | 200 | 403 |")))
                .singleElement()
                .asString()
                .contains("DELETE /notes/{id}");
    }

    @Test
    void failsWhereARefusalChangesSomethingAllTheSame() {
        assertThat(failures(matrix(RIGHT).caller("viewer", (owner, operation) -> "Bearer careless")))
                .singleElement()
                .asString()
                .contains("403 and yet changed");
    }

    @Test
    void failsWhereAnAnswerIsNotInTheDocument() {
        assertThat(failures(matrix(RIGHT).caller("viewer", (owner, operation) -> "Bearer odd")))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("418 undescribed"));
    }

    @Test
    void failsWhereATokenIsTrustedThatShouldNotBe() {
        assertThat(failures(matrix(RIGHT).fault("alg=none", () -> "Bearer credulous")))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("takes no token"));
    }

    private AccessMatrix matrix(String table) {
        AccessMatrix matrix = AccessMatrix.ofApi(server.getAddress().getPort(), DOCUMENT, table)
                .caller("anyone", (owner, operation) -> null)
                .caller("editor", (owner, operation) -> "Bearer editor")
                .caller("viewer", (owner, operation) -> "Bearer viewer")
                .fault("no token", () -> "Bearer none");
        table.lines()
                .filter(line -> line.contains("/notes"))
                .map(line -> line.split("\\|")[1].strip())
                .forEach(label -> matrix.row(label, this::note));
        return matrix;
    }

    private Attempt note() {
        String path = "/api/v1/notes/" + notes.incrementAndGet();
        return Attempt.at(path).watching(() -> versions.getOrDefault(path, 0));
    }

    private static List<String> failures(AccessMatrix matrix) {
        return matrix.tests().flatMap(test -> failure(test).stream()).toList();
    }

    private static List<String> failure(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return List.of();
        } catch (Throwable failure) {
            return List.of(test.getDisplayName() + ": " + failure.getMessage());
        }
    }
}
