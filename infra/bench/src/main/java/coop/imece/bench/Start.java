package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.Part;
import coop.imece.launcher.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The five services at once, from nothing to ready, as the launcher starts them (unpacked jars, start-up caches, small
/// heaps) against plain `java -jar` of the same jars with the same environment; broker and database run already.
final class Start {

    private static final int PAIRS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Start() {}

    static void run(Path folder) throws Exception {
        Path ledger = Files.createDirectories(folder).resolve("ledger.tsv");
        long begin = System.nanoTime();
        try (var system = trained(folder.resolve("data"), ledger)) {
            memory(system);
            List<Part> services = services(system);
            Map<Part, Map<String, String>> environments =
                    services.stream().collect(Collectors.toMap(service -> service, Start::environment));
            services.forEach(service -> service.restartsByItself(false));
            kill(services);
            List<Double> ratios = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                double ours = seconds(
                        () -> services.forEach(Part::start),
                        () -> services.stream().allMatch(Part::isReady));
                kill(services);
                double plain = plain(Options.forTests(folder).root(), services, environments);
                ratios.add(ours / plain);
                System.out.printf(
                        Locale.ROOT, "  pair %d: %.1f s against %.1f s = %.2f%n", pair + 1, ours, plain, ours / plain);
            }
            System.out.printf(
                    Locale.ROOT,
                    "cold start of five services: %.2f of plain java -jar (%d pairs; less is better; goal ≤ 0.33)%n",
                    Pairs.median(ratios),
                    PAIRS);
            services.forEach(Part::start);
        }
        System.out.printf(Locale.ROOT, "  (with training: %.0f s)%n", (System.nanoTime() - begin) / 1e9);
    }

    /// Starts with the caches of an earlier run, made here if there are none.
    static ImeceSystem trained(Path data, Path ledger) {
        var options = Options.forTests(data).training(true).withLedger(ledger, true);
        ImeceSystem.start(options, new Progress(System.out)).close();
        return ImeceSystem.start(options, new Progress(System.out));
    }

    static void memory(ImeceSystem system) {
        long services = 0;
        for (Part part : system.parts()) {
            long resident = Processes.residentMiB(part);
            System.out.printf(Locale.ROOT, "  %-22s %5d MiB resident%n", part.name(), resident);
            services += services(system).contains(part) ? resident : 0;
        }
        System.out.printf(Locale.ROOT, "resident memory of the five services: %d MiB; goal ≤ 1536 MiB%n", services);
    }

    static List<Part> services(ImeceSystem system) {
        return system.parts().stream()
                .filter(part -> part.name().endsWith("-service") || part.name().equals("gateway"))
                .toList();
    }

    private static double plain(Path root, List<Part> services, Map<Part, Map<String, String>> environments)
            throws IOException {
        var processes = new ArrayList<Process>();
        try {
            long start = System.nanoTime();
            for (Part service : services) {
                String name = service.name();
                var builder = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                root.resolve(name + "/target/" + name + "-1.0.0-SNAPSHOT-exec.jar")
                                        .toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
                builder.environment().putAll(environments.getOrDefault(service, Map.of()));
                processes.add(builder.start());
            }
            return seconds(start, () -> environments.values().stream().allMatch(Start::answers));
        } finally {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(process -> process.onExit().join());
        }
    }

    private static double seconds(Runnable start, BooleanSupplier ready) {
        long begin = System.nanoTime();
        start.run();
        return seconds(begin, ready);
    }

    private static double seconds(long begin, BooleanSupplier ready) {
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("not ready after " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void kill(List<Part> services) {
        services.forEach(Part::kill);
        seconds(System.nanoTime(), () -> services.stream().noneMatch(Part::isAlive));
    }

    /// Waits until a service on this port is ready.
    static void awaitAnswer(int port) {
        var _ = seconds(System.nanoTime(), () -> answers(Map.of("SERVER_PORT", Integer.toString(port))));
    }

    private static boolean answers(Map<String, String> environment) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.get("SERVER_PORT") + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What the launcher told the process.
    static Map<String, String> environment(Part part) {
        try {
            String all = Files.readString(Path.of("/proc/" + part.pid() + "/environ"), StandardCharsets.UTF_8);
            return Stream.of(all.split("\0"))
                    .filter(entry -> entry.startsWith("IMECE_") || entry.startsWith("SERVER_"))
                    .map(entry -> entry.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
