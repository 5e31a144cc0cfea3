package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.Part;
import coop.imece.launcher.Progress;
import coop.imece.launcher.demo.Demo;
import coop.imece.launcher.demo.PublicApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Public pages with the demonstration in the network: how many a second the whole system can serve, and how long one
/// takes at a fifth of that; once with the optimising compiler, as on a site that has readers, and once as the launcher
/// starts services, without it.
final class PublicPages {

    private static final List<String> PAGES = List.of("/", "/organisations", "/gatherings", "/results");
    private static final String BROWSER = "Accept: text/html\r\nAccept-Language: tr\r\nAccept-Encoding: gzip\r\n";

    /// Few: the gateway refuses more searches at a time than a service can bear.
    private static final int CONNECTIONS = 4;

    /// Of each page, until the optimising compiler has seen enough; by far not enough after a minute.
    private static final int WARM_UP = 5_000;

    private static final Duration SPAN = Duration.ofSeconds(10);

    private PublicPages() {}

    static void run(Path folder) throws Exception {
        Path ledger = Files.createDirectories(folder).resolve("ledger.tsv");
        var options = Options.forTests(folder.resolve("data")).withLedger(ledger, true);
        var optimising = options;
        var progress = new Progress(System.out);
        try (var system = ImeceSystem.start(options, progress)) {
            new Demo(new PublicApi(system.url(), system.inboxUrl()), Clock.systemUTC(), progress::line)
                    .fill(ImeceSystem.ADMINISTRATOR);
            measure(system, "as the launcher starts services");
            // The launcher's flags leave the optimising compiler out; this variable of the JVM has the last word.
            for (Part service : Start.services(system)) {
                optimising = optimising.withEnvironment(service.name(), "_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4");
            }
        }
        try (var system = ImeceSystem.start(optimising, progress)) {
            measure(system, "with the optimising compiler");
        }
    }

    private static void measure(ImeceSystem system, String how) throws Exception {
        List<HttpLoad> loads = PAGES.stream()
                .map(page -> new HttpLoad(system.url().getPort(), CONNECTIONS, page, BROWSER))
                .toList();
        for (HttpLoad load : loads) {
            load.warm(WARM_UP);
        }
        for (HttpLoad load : loads) {
            double rate = load.rate(SPAN);
            List<Double> took = load.latencies(rate / 5, SPAN);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: %.0f/s at most; at a fifth of that p50 %.0f ms, p99 %.0f ms; goal p50 ≤ 30 ms%n",
                    load.path(),
                    how,
                    rate,
                    Pairs.percentile(took, 50),
                    Pairs.percentile(took, 99));
        }
    }
}
