package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.launcher.Options;
import coop.imece.launcher.demo.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stop everything, start again on the same data: accounts, organisations, gatherings are as they were.
@Order(1)
class RestartJourneyTests {

    @Test
    void aSecondStartFindsEverythingAsItWas(@TempDir Path data) throws IOException {
        String token;
        UUID fair;
        List<ProcessHandle> processes;
        var options = Options.forTests(data).training(true);
        try (var first = Imece.start(options)) {
            processes = first.system().parts().stream()
                    .map(part -> ProcessHandle.of(part.pid()).orElseThrow())
                    .toList();
            var people = new People(first.api());
            token = people.verifiedSupporter("Belediye");
            fair = people.draftedFair(token);
            people.publish(fair);
        }
        assertThat(processes).as("nothing is left behind").isNotEmpty().noneMatch(ProcessHandle::isAlive);
        try (var caches = Files.find(options.applications(), 2, (file, _) -> file.endsWith("app.aot"))) {
            assertThat(caches).as("start-up caches").hasSizeGreaterThanOrEqualTo(5);
        }
        try (var second = Imece.start(Options.forTests(data))) {
            assertThat(second.api()
                            .send("GET", "/gatherings/" + fair, null, null)
                            .expect(200)
                            .body()
                            .path("state")
                            .asString())
                    .isEqualTo("ANNOUNCED");
            assertThat(second.api().send("GET", "/me", token, null).status())
                    .as("the bearer token outlives a restart")
                    .isEqualTo(200);
        }
    }
}
