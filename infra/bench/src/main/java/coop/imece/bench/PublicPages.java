package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
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
/// takes at a fifth of that.
final class PublicPages {

    private static final List<String> PAGES = List.of("/", "/organisations", "/gatherings", "/results");
    private static final String BROWSER = "Accept: text/html\r\nAccept-Language: tr\r\nAccept-Encoding: gzip\r\n";

    /// Few: the gateway refuses more searches at a time than a service can bear.
    private static final int CONNECTIONS = 4;

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SPAN = Duration.ofSeconds(10);

    private PublicPages() {}

    static void run(Path folder) throws Exception {
        Path ledger = Files.createDirectories(folder).resolve("ledger.tsv");
        var options = Options.forTests(folder.resolve("data")).withLedger(ledger, true);
        var progress = new Progress(System.out);
        try (var system = ImeceSystem.start(options, progress)) {
            var api = new PublicApi(system.url(), system.inboxUrl());
            new Demo(api, Clock.systemUTC(), progress::line).fill(ImeceSystem.ADMINISTRATOR);
            for (String page : PAGES) {
                var load = new HttpLoad(system.url().getPort(), CONNECTIONS, page, BROWSER);
                load.rate(WARM_UP);
                double rate = load.rate(SPAN);
                List<Double> took = load.latencies(rate / 5, SPAN);
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.0f/s at most; at a fifth of that p50 %.0f ms, p99 %.0f ms; goal p50 ≤ 30 ms%n",
                        page,
                        rate,
                        Pairs.percentile(took, 50),
                        Pairs.percentile(took, 99));
            }
        }
    }
}
