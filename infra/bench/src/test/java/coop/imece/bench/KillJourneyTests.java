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

    /// Two for each round, in an order of chance; the first of a round strikes while deliveries are open.
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
    private int metOpenDeliveries;

    @Test
    void tenKillsLoseNothingAndRepeatNoDeliveryUnderAnotherName(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger.tsv");
        try (var relay = new EarlyRelay()) {
            var options = Options.forTests(folder.resolve("data"))
                    .withLedger(ledger, true)
                    .withEnvironment("notification-service", "IMECE_SMTP_PORT", String.valueOf(relay.port()));
            try (var started = ImeceSystem.start(options, new Progress(System.out));
                    var arrivals = new Arrivals(ledger)) {
                system = started;
                relay.handOnTo(system.smtpPort());
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
                    awaitOpenDeliveries(broadcast);
                    kill(victims.remove(), broadcast);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
                    kill(victims.remove(), broadcast);
                    check(kind, mails.get(round), phones.get(round), finished(broadcast), arrivals.settled());
                    allReady();
                }
                System.out.println("kill test, seed " + SEED + ": " + VICTIMS.size() + " kills, " + metOpenDeliveries
                        + " met open deliveries, " + reconciler.repeats()
                        + " mails repeated under their own Message-ID");
                assertThat(reconciler.findings()).as("seed %d", SEED).isEmpty();

                relay.breakDown();
                arrivals.next();
                String lied = publish(supporter, "FAIR");
                check("broken", mails.getFirst(), phones.getFirst(), finished(lied), arrivals.settled());
                assertThat(reconciler.findings())
                        .as("what acknowledges before it works")
                        .contains("broken: %d of %d never arrived".formatted(MAILS_OF_EACH, MAILS_OF_EACH));
            }
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

    /// Until some deliveries are open; a broadcast that was faster than the look is over, and the kill comes late.
    private void awaitOpenDeliveries(String broadcast) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> people.read(broadcast), books -> open(books) || over(books));
    }

    private static boolean open(JsonNode books) {
        int outcomes = 0;
        for (String outcome : List.of("sent", "failed", "suppressed", "inDoubt")) {
            outcomes += books.path(outcome).asInt();
        }
        return books.path("accepted").asInt() > outcomes;
    }

    private static boolean over(JsonNode books) {
        return "SENT".equals(books.path("state").asString());
    }

    private void kill(String victim, String broadcast) {
        boolean met = met(broadcast);
        system.part(victim).kill();
        metOpenDeliveries += met ? 1 : 0;
        System.out.println("kill -9 " + victim + (met ? " while deliveries are open" : ""));
    }

    private boolean met(String broadcast) {
        try {
            return open(people.read(broadcast));
        } catch (RuntimeException | AssertionError e) {
            // Something that was killed before does not answer yet.
            return false;
        }
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
