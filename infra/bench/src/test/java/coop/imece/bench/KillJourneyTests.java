package coop.imece.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.Progress;
import coop.imece.launcher.demo.People;
import coop.imece.launcher.demo.PublicApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Ten seeded SIGKILLs over services, broker and database while 5,000 recipients are served.
class KillJourneyTests {

    private static final long SEED = 20261121;
    private static final int KILLS = 10;
    private static final List<String> KINDS = List.of("FAIR", "TRAINING", "WORKSHOP", "FORUM", "CONFERENCE");
    private static final int RECIPIENTS_OF_EACH = 1_000;
    private static final List<String> VICTIMS =
            List.of("notification-service", "Kafka", "MongoDB", "events-service", "notification-service", "gateway");

    @Test
    void tenKillsLoseNothingAndRepeatNoDeliveryUnderAnotherName(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger.tsv");
        var options = Options.forTests(folder.resolve("data")).withLedger(ledger, true);
        try (var system = ImeceSystem.start(options, new Progress(System.out))) {
            var people = new People(new PublicApi(system.url(), system.inboxUrl()));
            String supporter = people.verifiedSupporter("Belediye");
            List<Set<String>> audiences = new ArrayList<>();
            for (String kind : KINDS) {
                audiences.add(new HashSet<>(Audience.subscribe(people, RECIPIENTS_OF_EACH, kind, "TR-16")));
            }
            var random = new Random(SEED);
            var reconciler = new Reconciler();
            try (var arrivals = new Arrivals(ledger)) {
                for (int round = 0; round < KINDS.size(); round++) {
                    String kind = KINDS.get(round);
                    UUID gathering = people.drafted(supporter, kind, "TR-16");
                    arrivals.next();
                    String broadcast = people.publish(gathering)
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();
                    for (int kill = 0; kill < KILLS / KINDS.size(); kill++) {
                        kill(system, random);
                    }
                    JsonNode books = finished(people, broadcast);
                    reconciler.books(kind, RECIPIENTS_OF_EACH, books);
                    reconciler.addresses(kind, audiences.get(round), arrivals.settled());
                    allReady(system);
                }
            }
            System.out.println("kill test, seed " + SEED + ": " + KILLS + " kills, " + reconciler.repeats()
                    + " mails repeated under their own Message-ID");
            assertThat(reconciler.findings()).as("seed %d", SEED).isEmpty();
        }
    }

    private static void kill(ImeceSystem system, Random random) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
        String victim = VICTIMS.get(random.nextInt(VICTIMS.size()));
        System.out.println("kill -9 " + victim);
        system.part(victim).kill();
    }

    private static JsonNode finished(People people, String broadcast) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(
                        () -> people.read(broadcast),
                        books -> "SENT".equals(books.path("state").asString()));
    }

    private static void allReady(ImeceSystem system) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> system.parts().stream().allMatch(part -> part.isReady()));
    }
}
