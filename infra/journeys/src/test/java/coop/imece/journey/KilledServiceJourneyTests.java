package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.launcher.demo.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// One death in the middle of a broadcast, of each part in turn: everything still arrives, once.
@ExtendWith(ImeceExtension.class)
class KilledServiceJourneyTests {

    private final Imece imece;

    KilledServiceJourneyTests(Imece imece) {
        this.imece = imece;
    }

    @ParameterizedTest
    @ValueSource(strings = {"events-service", "notification-service", "directory-service", "gateway"})
    void everythingArrivesAlthoughOnePartWasKilled(String victim) {
        var people = new People(imece.api());
        String organiser = people.verifiedSupporter("Belediye");
        List<String> subscribers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            subscribers.add(people.subscriberByMail("tr", "FORUM", "TR-35"));
        }
        UUID forum = people.drafted(organiser, "FORUM", "TR-35");

        String broadcast =
                people.publish(forum).headers().firstValue("Location").orElseThrow();
        imece.system().part(victim).kill();

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            JsonNode books = people.read(broadcast);
            assertThat(books.path("state").asString()).isEqualTo("SENT");
            assertThat(books.path("sent").asInt()).isGreaterThanOrEqualTo(subscribers.size());
        });
        for (String subscriber : subscribers) {
            assertThat(imece.api().messages(subscriber).stream()
                            .map(mail -> mail.path("headers").path("Message-ID").asString())
                            .distinct())
                    .as("the request to confirm and the announcement")
                    .hasSize(2);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> imece.system().part(victim).isReady());
    }

    @Test
    void whatWasThereIsThereAfterTheDatabaseWasKilled() {
        var people = new People(imece.api());
        String organiser = people.verifiedSupporter("Belediye");
        UUID fair = people.draftedFair(organiser);
        imece.system().part("MongoDB").kill();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(imece.api()
                                .send("GET", "/gatherings/" + fair, organiser, null)
                                .status())
                        .isEqualTo(200));
    }
}
