package coop.imece.platform.servers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogIntegrationTests {

    @TempDir
    static Path folder;

    @Test
    void aChildDoesNotOutliveAParentThatIsKilled() throws Exception {
        var pidFile = folder.resolve("pid");
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        pidFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("parent.log").toFile())
                .start();
        await().atMost(20, SECONDS).until(() -> Files.exists(pidFile));
        var child = ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly().waitFor();

        await().atMost(10, SECONDS).until(() -> !child.isAlive());
    }

    @Test
    void aFrozenChildIsStoppedInGoodOrder() {
        var child = ChildProcess.start("sleeper", List.of("sleep", "600"), Map.of(), folder.resolve("sleep.log"));
        child.freeze();

        assertThat(child.stop(Duration.ofSeconds(60))).isTrue();

        assertThat(child.isAlive()).isFalse();
    }

    static final class Parent {

        public static void main(String[] arguments) throws Exception {
            var child = ChildProcess.start(
                    "sleeper",
                    List.of("sleep", "600"),
                    Map.of(),
                    folderOf(arguments[0]).resolve("child.log"));
            var written = Files.writeString(folderOf(arguments[0]).resolve("half"), String.valueOf(child.pid()));
            Files.move(written, Path.of(arguments[0]));
            new CountDownLatch(1).await();
        }

        private static Path folderOf(String file) {
            return Path.of(file).toAbsolutePath().getParent();
        }
    }
}
