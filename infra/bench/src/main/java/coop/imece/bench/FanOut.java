package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.demo.People;
import coop.imece.launcher.demo.PublicApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// One announcement to many recipients through the whole path (publication → audience → render → SMTP → outcome
/// recorded)
/// against the bare client writing ready bytes of the same size to the same sink.
final class FanOut {

    private static final int CONNECTIONS = 10;
    private static final int PAIRS = 5;
    private static final int LATENCIES = 100;

    private final ImeceSystem system;
    private final Path ledger;
    private final People people;

    FanOut(ImeceSystem system, Path ledger) {
        this.system = system;
        this.ledger = ledger;
        this.people = new People(new PublicApi(system.url(), system.inboxUrl()));
    }

    static void run(Path folder, int recipients) throws Exception {
        Path ledger = Files.createDirectories(folder).resolve("ledger.tsv");
        try (var system = Start.trained(folder.resolve("data"), ledger)) {
            new FanOut(system, ledger).measure(recipients);
            Start.memory(system);
        }
    }

    private void measure(int recipients) throws Exception {
        String supporter = people.verifiedSupporter("Bench");
        System.out.printf(Locale.ROOT, "fan-out: subscribing %d recipients through the public API%n", recipients);
        Audience.subscribe(people, recipients, "FAIR", "TR-16");
        try (var arrivals = new Arrivals(ledger)) {
            arrivals.next();
            var bare = new BareSmtpClient(system.smtpPort(), CONNECTIONS, readyBytes());
            var pairs = new Pairs("fan-out to " + recipients + " e-mail recipients");
            rate(supporter, recipients, arrivals);
            bare.send(recipients / 4);
            List<Double> cpu = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                arrivals.next();
                Duration before = Processes.cpu(system);
                double ours = rate(supporter, recipients, arrivals);
                cpu.add(Processes.cpu(system).minus(before).toNanos() / 1e3 / recipients);
                double control = recipients / bare.send(recipients);
                pairs.add(ours, control);
            }
            pairs.print("≥ 0.25");
            System.out.printf(
                    Locale.ROOT, "  processor time of all parts per mail: median %.0f µs%n", Pairs.median(cpu));
            latency(supporter, arrivals);
        }
    }

    private double rate(String supporter, int recipients, Arrivals arrivals) {
        UUID fair = people.draftedFair(supporter);
        long start = System.currentTimeMillis();
        people.publish(fair);
        long last = arrivals.await(recipients, Duration.ofMinutes(5)).getLast().at();
        return recipients * 1000.0 / Math.max(1, last - start);
    }

    /// From the request to publish until the first mail is accepted, one announcement after the other with pauses four
    /// times as long as the work, so that the parts are busy a fifth of the time.
    private void latency(String supporter, Arrivals arrivals) throws Exception {
        Audience.subscribe(people, 20, "WORKSHOP", "TR-35");
        arrivals.next();
        List<Double> first = new ArrayList<>();
        for (int i = 0; i < LATENCIES; i++) {
            UUID workshop = people.drafted(supporter, "WORKSHOP", "TR-35");
            long start = System.currentTimeMillis();
            people.publish(workshop);
            var mails = arrivals.await(20, Duration.ofSeconds(30));
            first.add((double) (mails.getFirst().at() - start));
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(4 * (System.currentTimeMillis() - start)).toNanos());
        }
        System.out.printf(
                Locale.ROOT,
                "announce → first mail accepted, %d announcements at a fifth of the load: p50 %.0f ms, p99 %.0f ms; goal p99 ≤ 1000 ms%n",
                first.size(),
                Pairs.percentile(first, 50),
                Pairs.percentile(first, 99));
    }

    /// A mail of the size ours have, as it arrived: text and HTML part with their headers.
    private byte[] readyBytes() {
        String to = people.subscriberByMail("tr", "FAIR", "TR-77");
        var sample = new PublicApi(system.url(), system.inboxUrl()).messages(to).getFirst();
        int size = sample.path("text").asString().getBytes(StandardCharsets.UTF_8).length
                + sample.path("html").asString().getBytes(StandardCharsets.UTF_8).length
                + sample.path("headers").toString().length();
        var body = new StringBuilder("From: bare@bench.example\r\nSubject: ready\r\n\r\n");
        while (body.length() < size) {
            body.append("0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
