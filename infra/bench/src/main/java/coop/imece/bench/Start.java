package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Options;
import coop.imece.launcher.Progress;
import java.nio.file.Path;
import java.util.Locale;

/// How long until the system takes requests, and how much memory it holds, against the same jars started plainly.
final class Start {

    private Start() {}

    /// Starts with the caches of an earlier run (made here if there are none).
    static ImeceSystem trained(Path data, Path ledger) {
        var options = Options.forTests(data).training(true).withLedger(ledger, true);
        start(options).close();
        return start(options);
    }

    static ImeceSystem start(Options options) {
        var system = ImeceSystem.start(options, new Progress(System.out));
        system.awaitReady();
        return system;
    }

    static void memory(ImeceSystem system) {
        long services = 0;
        for (var part : system.parts()) {
            long resident = Processes.residentMiB(part);
            System.out.printf(Locale.ROOT, "  %-22s %5d MiB resident%n", part.name(), resident);
            services += part.name().endsWith("-service") || part.name().equals("gateway") ? resident : 0;
        }
        System.out.printf(Locale.ROOT, "resident memory of the five services: %d MiB; goal ≤ 1536 MiB%n", services);
    }
}
