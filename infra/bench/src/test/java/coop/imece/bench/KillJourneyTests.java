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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Ten seeded SIGKILLs over services, broker and database while 5,000 recipients of mails and 200 of SMS are served;
/// then the same people are served by a sender that acknowledges before it works, which the checker must not let pass.
class KillJourneyTests {

    private static final long SEED = 20261121;
    private static final int MAILS = 5_000;
    private static final int SMS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// In an order of chance.
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

    private final Random random = new Random(SEED);
    private final Reconciler reconciler = new Reconciler();
    private ImeceSystem system;
    private People people;
    private String supporter;
    private Set<String> mails;
    private Set<String> phones;

    @Test
    void tenKillsLoseNothingAndABrokenSenderIsFound(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger.tsv");
        var options = Options.forTests(folder.resolve("data")).withLedger(ledger, true);
        try (var started = ImeceSystem.start(options, new Progress(System.out));
                var arrivals = new Arrivals(ledger)) {
            system = started;
            people = new People(new PublicApi(system.url(), system.inboxUrl()));
            supporter = people.verifiedSupporter("Belediye");
            mails = new HashSet<>(Audience.subscribe(people, MAILS, "FAIR", "TR-16"));
            phones = new HashSet<>(Audience.subscribeByPhone(people, SMS, "FAIR", "TR-16"));

            tenKills(arrivals);
            assertThat(reconciler.findings()).as("seed %d", SEED).isEmpty();

            EarlyAcknowledgement.breakIn(system.part("notification-service").pid(), folder);
            oneKill(arrivals);
            assertThat(reconciler.findings())
                    .as("what the checker says of a broken sender")
                    .anyMatch(finding -> finding.endsWith("never arrived"));
        }
    }

    /// Each after some hundred more have got it, so that others still wait.
    private void tenKills(Arrivals arrivals) {
        var victims = new ArrayList<>(VICTIMS);
        Collections.shuffle(victims, random);
        arrivals.next();
        String broadcast = publish();
        var arrived = new ArrayList<Arrivals.Arrival>();
        int metOpen = 0;
        for (String victim : victims) {
            arrived.addAll(arrivals.await(300 + random.nextInt(150), PATIENCE));
            kill(victim);
            metOpen += arrived.size() < MAILS + SMS ? 1 : 0;
        }
        check("kills", broadcast, arrived, arrivals);
        System.out.printf(
                "kill test, seed %d: %d kills, %d while deliveries were open, %d mails repeated under their own Message-ID%n",
                SEED, victims.size(), metOpen, reconciler.repeats());
        assertThat(metOpen).as("kills while deliveries were open").isGreaterThanOrEqualTo(VICTIMS.size() / 2);
        allReady();
    }

    /// As soon as the books say that everybody has got it.
    private void oneKill(Arrivals arrivals) {
        arrivals.next();
        String broadcast = publish();
        finished(broadcast);
        kill("notification-service");
        check("broken", broadcast, arrivals.next(), arrivals);
    }

    private String publish() {
        UUID gathering = people.draftedFair(supporter);
        return people.publish(gathering).headers().firstValue("Location").orElseThrow();
    }

    private void kill(String victim) {
        System.out.println("kill -9 " + victim);
        system.part(victim).kill();
    }

    private void check(String name, String broadcast, List<Arrivals.Arrival> arrived, Arrivals arrivals) {
        JsonNode books = finished(broadcast);
        arrived.addAll(arrivals.settled());
        reconciler.books(name, mails.size() + phones.size(), books);
        reconciler.addresses(name, mails, of("EMAIL", arrived));
        reconciler.numbers(
                name, phones, of("SMS", arrived), books.path("inDoubt").asInt());
    }

    private static List<Arrivals.Arrival> of(String channel, List<Arrivals.Arrival> arrivals) {
        return arrivals.stream()
                .filter(arrival -> arrival.channel().equals(channel))
                .toList();
    }

    private JsonNode finished(String broadcast) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(
                        () -> people.read(broadcast),
                        books -> "SENT".equals(books.path("state").asString()));
    }

    private void allReady() {
        await().atMost(PATIENCE).until(() -> system.parts().stream().allMatch(part -> part.isReady()));
    }
}
