package coop.imece.bench;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the system's processes used, by the operating system's own accounts.
final class Processes {

    private Processes() {}

    /// Processor time of all parts so far.
    static Duration cpu(ImeceSystem system) {
        return system.parts().stream()
                .map(part -> ProcessHandle.of(part.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// Resident memory of one process in MiB.
    static long residentMiB(Part part) {
        try (var lines = Files.lines(Path.of("/proc/" + part.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
