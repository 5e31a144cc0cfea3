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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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

/// Ten seeded SIGKILLs over services, broker and database while 5,000 recipients of mails and 200 of SMS are served;
/// and a relay that acknowledges before it works, which the checker must not let pass.
class KillJourneyTests {

    private static final long SEED = 20261121;
    private static final List<String> KINDS = List.of("FAIR", "TRAINING", "WORKSHOP", "FORUM", "CONFERENCE");
    private static final int MAILS_OF_EACH = 1_000;
    private static final int SMS_OF_EACH = 40;

    /// Two for each round, in an order of chance.
    private static final List<String> VICTIMS = List.of(
            "notification-service",
            "notification-service",
            "notification-service",
            "notification-service",
            "Kafka",
            "Kafka",
            "MongoDB",
            "MongoDB",
            "events-service",
            "gateway");

    private ImeceSystem system;
    private People people;
    private Reconciler reconciler;

    @Test
    void tenKillsLoseNothingAndRepeatNoDeliveryUnderAnotherName(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger.tsv");
        var options = Options.forTests(folder.resolve("data")).withLedger(ledger, true);
        try (var started = ImeceSystem.start(options, new Progress(System.out));
                var arrivals = new Arrivals(ledger)) {
            system = started;
            people = new People(new PublicApi(system.url(), system.inboxUrl()));
            String supporter = people.verifiedSupporter("Belediye");
            var mails = new ArrayList<Set<String>>();
            var phones = new ArrayList<Set<String>>();
            for (String kind : KINDS) {
                mails.add(new HashSet<>(Audience.subscribe(people, MAILS_OF_EACH, kind, "TR-16")));
                phones.add(new HashSet<>(Audience.subscribeByPhone(people, SMS_OF_EACH, kind, "TR-16")));
            }

            reconciler = new Reconciler();
            var random = new Random(SEED);
            var victims = new ArrayDeque<>(shuffled(random));
            for (int round = 0; round < KINDS.size(); round++) {
                String kind = KINDS.get(round);
                arrivals.next();
                String broadcast = publish(supporter, kind);
                kill(victims.remove(), random);
                kill(victims.remove(), random);
                check(kind, mails.get(round), phones.get(round), finished(broadcast), arrivals.settled());
                allReady();
            }
            System.out.println("kill test, seed " + SEED + ": " + VICTIMS.size() + " kills, " + reconciler.repeats()
                    + " mails repeated under their own Message-ID");
            assertThat(reconciler.findings()).as("seed %d", SEED).isEmpty();
        }
    }

    private static List<String> shuffled(Random random) {
        var victims = new ArrayList<>(VICTIMS);
        Collections.shuffle(victims, random);
        return victims;
    }

    private String publish(String supporter, String kind) {
        UUID gathering = people.drafted(supporter, kind, "TR-16");
        return people.publish(gathering).headers().firstValue("Location").orElseThrow();
    }

    private void check(
            String name, Set<String> mails, Set<String> phones, JsonNode books, List<Arrivals.Arrival> arrivals) {
        reconciler.books(name, mails.size() + phones.size(), books);
        reconciler.addresses(name, mails, of("EMAIL", arrivals));
        reconciler.numbers(
                name, phones, of("SMS", arrivals), books.path("inDoubt").asInt());
    }

    private static List<Arrivals.Arrival> of(String channel, List<Arrivals.Arrival> arrivals) {
        return arrivals.stream()
                .filter(arrival -> arrival.channel().equals(channel))
                .toList();
    }

    private static boolean over(JsonNode books) {
        return "SENT".equals(books.path("state").asString());
    }

    private void kill(String victim, Random random) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
        System.out.println("kill -9 " + victim);
        system.part(victim).kill();
    }

    private JsonNode finished(String broadcast) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> people.read(broadcast), KillJourneyTests::over);
    }

    private void allReady() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> system.parts().stream().allMatch(part -> part.isReady()));
    }
}
