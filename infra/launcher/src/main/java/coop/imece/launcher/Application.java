package coop.imece.launcher;

import coop.imece.platform.servers.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A service's jar, unpacked as the JVM likes it, and its start-up cache.
///
/// The cache is written by the first run that ends in good order, and is valid only for the same JDK, the same jar in
/// the same place and the same flags; the folder's name holds them all, so that a change of one begins anew. A cache
/// that the JVM refuses all the same costs a warning in the service's log and the gain in speed, nothing else.
///
/// Several launchers may share the applications: whoever unpacks a newer one deletes the earlier ones nobody uses.
final class Application {

    /// Small machines: five services in less than 1.5 GiB. The same at training and use.
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx128m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError");

    /// Held until this JVM ends, for each folder in use.
    private static final Map<Path, FileChannel> inUse = new HashMap<>();

    private final String service;
    private final Path folder;

    private Application(String service, Path folder) {
        this.service = service;
        this.folder = folder;
    }

    /// @param jar executable, as the build makes it
    /// @param applications where to unpack it, unless it already is
    static synchronized Application of(String service, Path jar, Path applications) {
        if (!Files.exists(jar)) {
            throw new CannotStart(jar + " is missing: infra/run builds it");
        }
        var folder = Folders.create(applications).resolve(service + "-" + fingerprint(jar));
        // One launcher after the other: none deletes what another is about to use.
        try (var turn = open(folder.resolveSibling("lock"));
                var _ = turn.lock()) {
            if (!Files.exists(folder.resolve("app.jar"))) {
                unpack(service, jar, folder);
            }
            use(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + applications, e);
        }
        return new Application(service, folder);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Keeps others from deleting the folder for as long as this JVM lives.
    static synchronized void use(Path folder) throws IOException {
        if (!inUse.containsKey(folder)) {
            var channel = open(folder.resolve("in-use"));
            channel.lock(0, Long.MAX_VALUE, true);
            inUse.put(folder, channel);
        }
    }

    private static String fingerprint(Path jar) {
        try (var content = Files.newInputStream(jar)) {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((System.getProperty("java.vm.version") + FLAGS).getBytes(StandardCharsets.UTF_8));
            var buffer = new byte[1 << 16];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(String service, Path jar, Path folder) {
        try {
            var applications = Files.createDirectories(folder.getParent());
            var half = Files.createTempDirectory(applications, service + ".half-");
            var log = applications.resolve(service + "-unpack.log");
            var code = new ProcessBuilder(
                            java(),
                            "-XX:TieredStopAtLevel=1",
                            "-Djarmode=tools",
                            "-jar",
                            jar.toString(),
                            "extract",
                            "--force",
                            "--application-filename",
                            "app.jar",
                            "--destination",
                            half.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new CannotStart(service + " cannot be unpacked; see " + log);
            }
            Files.delete(log);
            forgetEarlier(service, applications);
            try {
                Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
                Folders.delete(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + jar, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while unpacking " + service, e);
        }
    }

    static synchronized void forgetEarlier(String service, Path applications) throws IOException {
        try (Stream<Path> folders = Files.list(applications)) {
            for (var folder : folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().matches(service + "-[0-9a-f]{16}"))
                    .toList()) {
                forgetIfUnused(folder);
            }
        }
    }

    private static void forgetIfUnused(Path folder) throws IOException {
        // Where we hold a lock ourselves, closing a second channel would give it up.
        if (inUse.containsKey(folder)) {
            return;
        }
        try (var channel = open(folder.resolve("in-use"));
                var lock = channel.tryLock()) {
            if (lock != null) {
                Folders.delete(folder);
            }
        }
    }

    boolean isTrained() {
        return Files.exists(cache());
    }

    private Path cache() {
        return folder.resolve("app.aot");
    }

    private Path freshCache() {
        return folder.resolve("app.aot.new");
    }

    /// @param train whether this run writes the cache, if there is none
    List<String> command(boolean train) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(FLAGS);
        if (isTrained()) {
            command.add("-XX:AOTCache=" + cache());
        } else if (train) {
            forgetFreshCache();
            command.add("-XX:AOTCacheOutput=" + freshCache());
            command.add("-Xlog:aot*=error");
        }
        command.addAll(List.of("-jar", folder.resolve("app.jar").toString()));
        return command;
    }

    /// Puts the cache in its place that a run in training has written completely, if it has.
    void keepFreshCache() {
        if (!Files.exists(freshCache())) {
            return;
        }
        try {
            Files.move(freshCache(), cache(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forgetFreshCache() {
        try {
            Files.deleteIfExists(freshCache());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public String toString() {
        return service;
    }
}
