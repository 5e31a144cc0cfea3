package coop.imece.launcher;

import coop.imece.platform.servers.Folders;
import coop.imece.platform.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The folder a system lives in, held by one launcher at a time.
final class Site implements AutoCloseable {

    private static final long NEEDED_BYTES = 1L << 30;

    private final Path folder;
    private final FileChannel lock;

    private Site(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static Site open(Options options) {
        var site = new Site(options.data(), lock(options.data()));
        try {
            site.prepare(options);
            return site;
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new CannotStart(inUse(folder));
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw new CannotStart(inUse(folder), e);
        } catch (IOException e) {
            throw new CannotStart("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String inUse(Path folder) {
        return "another launcher already runs in " + folder + "; give this one --data, --port and --inbox-port";
    }

    private void prepare(Options options) {
        try {
            var room = Files.getFileStore(folder).getUsableSpace();
            if (room < NEEDED_BYTES) {
                throw new CannotStart(
                        "only %d MB are free for %s; at least 1,024 are needed".formatted(room >> 20, folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int port : List.of(options.port(), options.inboxPort())) {
            if (port != 0 && !Ports.isFree(port)) {
                throw new CannotStart("port %d is busy: end what uses it, or choose another by %s"
                        .formatted(port, port == options.port() ? "--port" : "--inbox-port"));
            }
        }
        if (options.fresh()) {
            forget();
        }
        keepLastLogs();
    }

    private void forget() {
        if (!Files.exists(ports()) && (Files.exists(mongodb()) || Files.exists(kafka()))) {
            throw new CannotStart("--fresh would delete mongodb and kafka in " + folder + ", but nothing there says"
                    + " that they are ours (ports.properties is missing): delete them, or choose another --data");
        }
        if (System.getenv().containsKey("IMECE_MONGODB_URI")) {
            throw new CannotStart("--fresh does not empty the MongoDB that IMECE_MONGODB_URI names: drop the databases"
                    + " directory, events, impact, notification and gateway there yourself");
        }
        Folders.delete(mongodb());
        Folders.delete(kafka());
    }

    private void keepLastLogs() {
        var logs = Folders.create(folder.resolve("logs"));
        try (Stream<Path> files = Files.list(logs)) {
            for (var log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + logs, e);
        }
    }

    Path mongodb() {
        return folder.resolve("mongodb");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    Path keys() {
        return folder.resolve("keys");
    }

    Path ports() {
        return folder.resolve("ports.properties");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
