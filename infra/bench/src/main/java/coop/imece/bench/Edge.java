package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.Part;
import coop.imece.launcher.Progress;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.servers.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// The gateway with a bearer token, roles, internal token, limits and headers against a bare nginx proxy, both
/// handing on to the same stub; and whether its limits admit what they are set to.
///
/// The gateway that is measured is one more beside the system's own, with its keys and its store, an ordinary JVM with
/// 256 MiB; the other services are stopped meanwhile.
final class Edge {

    private static final int PAIRS = 5;
    private static final Duration SPAN = Duration.ofSeconds(8);
    private static final int WARM_UP = 200_000;
    private static final String PATH = "/api/v1/organisations/0197a1de-0000-7000-8000-000000000001";

    private final Path root;
    private final Map<String, String> environment;

    private Edge(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    static void run(Path folder) throws Exception {
        if (Nginx.program().isEmpty()) {
            System.out.println("gateway: not measured, there is no nginx (Debian package nginx)");
            return;
        }
        var options = Options.forTests(Files.createDirectories(folder).resolve("data"));
        var progress = new Progress(System.out);
        try (var system = ImeceSystem.start(options, progress);
                var nginx = Nginx.start(folder.resolve("nginx"))) {
            String token = new PublicApi(system.url(), system.inboxUrl()).signIn("bench@imece.example");
            Map<String, String> environment = new HashMap<>(Start.environment(system.part("gateway")));
            environment.put("IMECE_DIRECTORY_URL", nginx.stubUrl());
            for (Part part : Start.services(system)) {
                part.restartsByItself(false);
                part.kill();
            }
            var edge = new Edge(options.root(), environment);
            edge.throughput(nginx, token);
            edge.limiter();
        }
    }

    private void throughput(Nginx nginx, String token) throws Exception {
        try (var gateway = start(Map.of())) {
            var ours = new HttpLoad(gateway.port(), PATH, "Authorization: Bearer " + token + "\r\n");
            var bare = new HttpLoad(nginx.proxy(), PATH, "");
            ours.warm(WARM_UP);
            bare.rate(SPAN.dividedBy(4));
            var pairs = new Pairs("requests through the gateway");
            List<Double> rates = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                Duration before = gateway.cpu();
                double rate = ours.rate(SPAN);
                cpu.add(gateway.cpu().minus(before).toNanos() / 1e3 / (rate * SPAN.toSeconds()));
                rates.add(rate);
                pairs.add(rate, bare.rate(SPAN));
            }
            pairs.print("≥ 0.15");
            System.out.printf(
                    Locale.ROOT, "  processor time of the gateway per request: median %.0f µs%n", Pairs.median(cpu));
            double half = Pairs.median(rates) / 2;
            List<Double> p50 = new ArrayList<>();
            List<Double> p99 = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                List<Double> mine = ours.latencies(half, SPAN);
                List<Double> theirs = bare.latencies(half, SPAN);
                p50.add(Pairs.percentile(mine, 50) - Pairs.percentile(theirs, 50));
                p99.add(Pairs.percentile(mine, 99) - Pairs.percentile(theirs, 99));
            }
            System.out.printf(
                    Locale.ROOT,
                    "added by the gateway at half load (%.0f/s): p50 %.2f ms (goal ≤ 0.5), p99 %.2f ms (goal ≤ 5); medians of %d%n",
                    half,
                    Pairs.median(p50),
                    Pairs.median(p99),
                    PAIRS);
        }
    }

    /// Two thousand networks for half a minute, twenty of which ask for most: each may read 60 times a minute.
    private void limiter() throws Exception {
        Map<String, String> limits = Map.of(
                "IMECE_LIMITS_LOOPBACKFACTOR", "1",
                "IMECE_LIMITS_NETWORKFACTOR", "1",
                "IMECE_LIMITS_READS", "60",
                "SERVER_FORWARDHEADERSSTRATEGY", "native");
        try (var gateway = start(limits)) {
            var load = new HttpLoad(gateway.port(), PATH, "");
            Map<Integer, double[]> buckets = new HashMap<>();
            var random = new Random(20261127);
            long start = System.nanoTime();
            double[] expected = {0};
            List<Integer> answers = load.statuses(Duration.ofSeconds(30), () -> {
                synchronized (buckets) {
                    int network = random.nextInt(3) > 0 ? random.nextInt(20) : random.nextInt(2000);
                    long now = System.nanoTime();
                    double[] bucket = buckets.computeIfAbsent(network, _ -> new double[] {60, start});
                    bucket[0] = Math.min(60, bucket[0] + (now - bucket[1]) / 1e9);
                    bucket[1] = now;
                    if (bucket[0] >= 1) {
                        bucket[0]--;
                        expected[0]++;
                    }
                    return "X-Forwarded-For: 198.%d.%d.7\r\n".formatted(network >> 8, network & 0xff);
                }
            });
            long admitted = answers.stream().filter(status -> status == 200).count();
            System.out.printf(
                    Locale.ROOT,
                    "limits: %d of %d requests of %d networks admitted, %.2f %% off the set rate (goal ≤ 1 %%)%n",
                    admitted,
                    answers.size(),
                    buckets.size(),
                    100 * Math.abs(admitted - expected[0]) / expected[0]);
        }
    }

    /// A gateway of its own.
    private record Running(Process process, int port) implements AutoCloseable {

        Duration cpu() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private Running start(Map<String, String> more) throws Exception {
        int port = Ports.free(1).getFirst();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        root.resolve("gateway/target/gateway-1.0.0-SNAPSHOT-exec.jar")
                                .toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment()
                .put("IMECE_INTERNAL_PORT", Integer.toString(Ports.free(1).getFirst()));
        builder.environment().put("IMECE_INSTANCE", "gateway-bench");
        var running = new Running(builder.start(), port);
        Start.awaitAnswer(port);
        return running;
    }
}
