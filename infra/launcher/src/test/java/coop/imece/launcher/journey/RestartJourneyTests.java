package coop.imece.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.launcher.Options;
import coop.imece.launcher.demo.People;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stop everything, start again on the same data: accounts, organisations, gatherings are as they were.
class RestartJourneyTests {

    @Test
    void aSecondStartFindsEverythingAsItWas(@TempDir Path data) {
        String token;
        UUID fair;
        try (var first = Imece.start(Options.forTests(data))) {
            var people = new People(first.api());
            token = people.verifiedSupporter("Belediye");
            fair = people.draftedFair(token);
            people.publish(fair);
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
