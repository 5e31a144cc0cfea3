package coop.imece.platform.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The start-up cache of Kafka's JVM: it halves the CPU time a start takes, and fits only one JDK and one set of
/// jars.
///
/// The sizes and times of the jars are in its name, so that the run after a build writes a new one. The JVM does not
/// see to it: JDK 25.0.3 goes on with the classes of the old jars, without a word.
final class StartUpCache {

    private final Path folder;
    private final Path file;

    private StartUpCache(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /// The one that fits the jars as they are now, written or not.
    ///
    /// @param jars a class path of jars alone
    static StartUpCache of(Path folder, String jars) {
        var fits = new StringBuilder(System.getProperty("java.vm.version"));
        for (var name : jars.split(File.pathSeparator)) {
            var jar = Path.of(name);
            Stream.concat(Stream.of(jar), named(jar)).forEach(one -> fits.append(seen(one)));
        }
        return new StartUpCache(
                folder,
                folder.resolve("kafka-" + Integer.toHexString(fits.toString().hashCode()) + ".aot"));
    }

    private static String seen(Path jar) {
        try {
            return "%s %d %s\n".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        } catch (IOException _) {
            return jar + " is missing\n";
        }
    }

    /// What a jar names in its manifest, as the launcher's does.
    private static Stream<Path> named(Path jar) {
        try (var content = new JarFile(jar.toFile())) {
            var manifest = content.getManifest();
            var names = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null
                    ? Stream.empty()
                    : Stream.of(names.strip().split(" +"))
                            .map(name -> Path.of(jar.toUri().resolve(name)));
        } catch (IOException | IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    /// What the JVM is told: to use it, or, where there is none, to write it when it ends in good order.
    List<String> options() {
        if (Files.exists(file)) {
            return List.of("-XX:AOTCache=" + file);
        }
        forgetOthers();
        return List.of("-XX:AOTCacheOutput=" + fresh(), "-Xlog:aot*=error");
    }

    private Path fresh() {
        return folder.resolve("kafka.aot.new");
    }

    /// Those of earlier jars, and what a run left that did not end in good order.
    private void forgetOthers() {
        try (var others = Files.newDirectoryStream(folder, "kafka{-*.aot,.aot.new}")) {
            for (var other : others) {
                Files.delete(other);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    /// Puts in its place what the run has written, if it has.
    void keepFresh() {
        try {
            if (Files.exists(fresh())) {
                Files.move(fresh(), file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }
}
