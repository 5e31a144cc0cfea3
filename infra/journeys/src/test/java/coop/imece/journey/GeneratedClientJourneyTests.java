package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The proof that the description of the API is right: a client nobody wrote does the main job.
@ExtendWith(ImeceExtension.class)
class GeneratedClientJourneyTests {

    private static final Path SCRIPTS = Path.of("src/test/resources/client").toAbsolutePath();

    private final Imece imece;

    @TempDir
    private Path folder;

    GeneratedClientJourneyTests(Imece imece) {
        this.imece = imece;
    }

    @Test
    void aGeneratedClientDoesTheMainJob() throws Exception {
        Path programs = Path.of(run(folder, "../bin/install-client-generator").strip());
        Path document = Files.writeString(folder.resolve("openapi.json"), document());

        run(folder, programs.resolve("python").toString(), "-m", "openapi_spec_validator", document.toString());
        run(
                folder,
                programs.resolve("openapi-python-client").toString(),
                "generate",
                "--path",
                document.toString(),
                "--meta",
                "none",
                "--config",
                SCRIPTS.resolve("config.yml").toString(),
                "--output-path",
                folder.resolve("imece_client").toString(),
                "--fail-on-warning");
        String said = run(
                folder,
                programs.resolve("python").toString(),
                SCRIPTS.resolve("main_job.py").toString(),
                imece.system().url().toString(),
                imece.system().inboxUrl().toString());
        assertThat(said).endsWith("done\n");
    }

    private String document() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(imece.url("/api/v1/openapi.json")).build();
            String text =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonNode document = JsonMapper.shared().readTree(text);
            assertThat(document.has("x-missing")).as("all services are in it").isFalse();
            List<String> ids = new ArrayList<>();
            document.path("paths")
                    .forEach(path -> path.forEach(
                            operation -> ids.add(operation.path("operationId").asString(""))));
            assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
            return text;
        }
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".log");
        var builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONPATH", folder.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s", String.join(" ", command), said)
                .isTrue();
        return said;
    }
}
