package coop.imece.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpCacheTests {

    @TempDir
    Path folder;

    private Path launcher;
    private Path library;

    /// As the launcher is built: one jar, which names the others.
    @BeforeEach
    void build() throws IOException {
        launcher = folder.resolve("launcher.jar");
        library = Files.createDirectories(folder.resolve("lib")).resolve("kafka.jar");
        Files.writeString(library, "classes");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/kafka.jar");
        new JarOutputStream(Files.newOutputStream(launcher), manifest).close();
    }

    @Test
    void isUsedAsLongAsTheJarsAreTheSame() throws IOException {
        trained();

        assertThat(options()).startsWith("-XX:AOTCache=").endsWith(".aot");
    }

    @Test
    void isWrittenAnewAfterABuildAndTheOldOneIsForgotten() throws IOException {
        trained();
        Files.setLastModifiedTime(library, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(options()).startsWith("-XX:AOTCacheOutput=");
        assertThat(folder).isDirectoryNotContaining("glob:**.aot");

        trained();
        Files.writeString(library, "more classes");
        assertThat(options()).startsWith("-XX:AOTCacheOutput=");

        trained();
        Files.setLastModifiedTime(launcher, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(options()).startsWith("-XX:AOTCacheOutput=");
    }

    @Test
    void keepsUnderItsNameOnlyWhatItsOwnRunHasWritten() throws IOException {
        Files.writeString(folder.resolve("kafka.aot.new"), "of a run that was killed");
        var cache = StartUpCache.of(folder, launcher.toString());
        cache.options();

        cache.keepFresh();

        assertThat(folder).isDirectoryNotContaining("glob:**.aot*");
    }

    private String options() {
        return StartUpCache.of(folder, launcher.toString()).options().getFirst();
    }

    private void trained() throws IOException {
        var cache = StartUpCache.of(folder, launcher.toString());
        assertThat(cache.options().getFirst()).startsWith("-XX:AOTCacheOutput=");
        Files.writeString(folder.resolve("kafka.aot.new"), "cache");
        cache.keepFresh();
    }
}
