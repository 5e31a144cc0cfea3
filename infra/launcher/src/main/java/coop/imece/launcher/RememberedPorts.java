package coop.imece.launcher;

import coop.imece.platform.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// Internal ports, chosen by the kernel at the first start and kept for the later ones while they are free.
final class RememberedPorts {

    private final Path file;
    private final Properties ports = new Properties();

    private RememberedPorts(Path file) {
        this.file = file;
    }

    static RememberedPorts in(Path file) {
        var remembered = new RememberedPorts(file);
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                remembered.ports.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return remembered;
    }

    /// Sees to it that each name has a free port, all different.
    void prepare(List<String> names) {
        var missing = names.stream().filter(name -> !isFree(name)).toList();
        var free = Ports.free(Math.max(1, missing.size()));
        for (int i = 0; i < missing.size(); i++) {
            ports.setProperty(missing.get(i), String.valueOf(free.get(i)));
        }
        save();
    }

    private boolean isFree(String name) {
        return of(name) != 0 && Ports.isFree(of(name));
    }

    /// 0 if there is none yet.
    int of(String name) {
        return Integer.parseInt(ports.getProperty(name, "0"));
    }

    void remember(String name, int port) {
        ports.setProperty(name, String.valueOf(port));
        save();
    }

    private void save() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var writer = Files.newBufferedWriter(file)) {
                ports.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
