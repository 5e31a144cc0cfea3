package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.demo.People;
import coop.imece.launcher.demo.PublicApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One announcement to many recipients through the whole path (publication → audience → render → SMTP → outcome
/// recorded) against the bare client writing ready bytes of the same size to the same sink.
final class FanOut {

    private static final int CONNECTIONS = 10;
    private static final int PAIRS = 5;
    private static final int LATENCIES = 100;
    private static final int OTHERS = 400;

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
            var warm = announced(supporter, recipients, arrivals);
            var bare = new BareSmtpClient(system.smtpPort(), CONNECTIONS, readyBytes(warm.mails()));
            var pairs = new Pairs("fan-out to " + recipients + " e-mail recipients");
            bare.send(recipients / 4);
            List<Double> cpu = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                arrivals.next();
                Duration before = Processes.cpu(system);
                double ours = announced(supporter, recipients, arrivals).rate();
                rates.add(ours);
                cpu.add(Processes.cpu(system).minus(before).toNanos() / 1e3 / recipients);
                double control = recipients / bare.send(recipients);
                pairs.add(ours, control);
            }
            pairs.print("≥ 0.25");
            System.out.printf(
                    Locale.ROOT, "  processor time of all parts per mail: median %.0f µs%n", Pairs.median(cpu));
            latency(supporter, Pairs.median(rates), arrivals);
        }
    }

    /// @param rate mails per second, from the request to publish until the last was accepted
    private record Announced(double rate, List<Arrivals.Arrival> mails) {}

    private Announced announced(String supporter, int recipients, Arrivals arrivals) {
        UUID fair = people.draftedFair(supporter);
        long start = System.currentTimeMillis();
        people.publish(fair);
        var mails = arrivals.await(recipients, Duration.ofMinutes(5));
        return new Announced(recipients * 1000.0 / Math.max(1, mails.getLast().at() - start), mails);
    }

    /// From the request to publish until the first mail is accepted, while other announcements keep the path at a fifth
    /// of the rate just measured, whether or not the ones before them are done.
    private void latency(String supporter, double rate, Arrivals arrivals) throws Exception {
        Audience.subscribe(people, OTHERS, "TRAINING", "TR-06");
        Set<String> watched = new HashSet<>(Audience.subscribe(people, 20, "WORKSHOP", "TR-35"));
        arrivals.next();
        List<Double> first = new ArrayList<>();
        long pause = Math.round(OTHERS / (rate / 5) * 1e9);
        try (var others = Executors.newScheduledThreadPool(1)) {
            var load = others.scheduleAtFixedRate(
                    () -> people.publish(people.drafted(supporter, "TRAINING", "TR-06")),
                    0,
                    pause,
                    TimeUnit.NANOSECONDS);
            for (int i = 0; i < LATENCIES; i++) {
                UUID workshop = people.drafted(supporter, "WORKSHOP", "TR-35");
                long start = System.currentTimeMillis();
                people.publish(workshop);
                first.add((double)
                        (arrivals.awaitOne(watched, Duration.ofSeconds(30)).at() - start));
                // The other mails of the same announcement are not the next one's first.
                arrivals.skip(watched, watched.size() - 1, Duration.ofSeconds(30));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            if (load.isDone()) {
                throw new IllegalStateException("the others' announcements were refused; the figure is void");
            }
            others.shutdownNow();
        }
        System.out.printf(
                Locale.ROOT,
                "announce → first mail accepted, %d announcements at a fifth of the load: p50 %.0f ms, p99 %.0f ms; goal p99 ≤ 1000 ms%n",
                first.size(),
                Pairs.percentile(first, 50),
                Pairs.percentile(first, 99));
    }

    /// A mail of the size ours have on the wire.
    private static byte[] readyBytes(List<Arrivals.Arrival> ours) {
        double size = ours.stream().mapToInt(Arrivals.Arrival::bytes).average().orElseThrow();
        var body = new StringBuilder("From: bare@bench.example\r\nSubject: ready\r\n\r\n");
        while (body.length() < size) {
            body.append("0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
