package coop.imece.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.nimbusds.jose.jwk.OctetKeyPair;
import coop.imece.launcher.RestartPolicy.GiveUp;
import coop.imece.launcher.RestartPolicy.StartAgain;
import coop.imece.platform.servers.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTests {

    @TempDir
    Path folder;

    @Test
    void readsItsOptions() {
        var usual = Options.parse();
        assertThat(usual.port()).isEqualTo(8080);
        assertThat(usual.inboxPort()).isEqualTo(8025);
        assertThat(usual.fresh() || usual.demo()).isFalse();
        assertThat(usual.data()).isEqualTo(usual.root().resolve(".imece"));

        var asked = Options.parse("--demo", "--fresh", "--port", "9090", "--data", folder.toString());
        assertThat(asked.port()).isEqualTo(9090);
        assertThat(asked.fresh() && asked.demo()).isTrue();
        assertThat(asked.data()).isEqualTo(folder);
    }

    @Test
    void saysInOneLineWhichOptionIsWrong() {
        assertThatThrownBy(() -> Options.parse("--prot", "1")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> Options.parse("--port")).hasMessageContaining("--port needs a value");
        assertThatThrownBy(() -> Options.parse("--port", "many")).hasMessageContaining("many");
        assertThatThrownBy(() -> Options.parse("--port", "65536")).hasMessageContaining("65536");
    }

    @Test
    void saysWhichPortIsBusy() throws Exception {
        try (var somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = Options.parse(
                    "--data",
                    folder.toString(),
                    "--inbox-port",
                    "0",
                    "--port",
                    String.valueOf(somebody.getLocalPort()));

            assertThatThrownBy(() -> Site.open(options))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("port " + somebody.getLocalPort()
                            + " is busy: end what uses it, or choose another by --port");
        }
    }

    @Test
    void holdsItsFolderAloneAndLetsItGo() {
        var options = Options.forTests(folder);
        try (var _ = Site.open(options)) {
            assertThatThrownBy(() -> Site.open(options))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("another launcher");
        }
        Site.open(options).close();
    }

    @Test
    void deletesNoFolderThatMayBeSomebodyElses() throws Exception {
        var theirs = Files.writeString(
                Files.createDirectories(folder.resolve("kafka")).resolve("diary"), "mine");
        var options = Options.parse("--fresh", "--data", folder.toString(), "--port", "0", "--inbox-port", "0");

        assertThatThrownBy(() -> Site.open(options))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("ports.properties is missing");
        assertThat(theirs).exists();

        assumeThat(System.getenv()).doesNotContainKey("IMECE_MONGODB_URI");
        RememberedPorts.in(folder.resolve("ports.properties")).prepare(List.of("kafka"));
        Site.open(options).close();
        assertThat(folder.resolve("kafka")).doesNotExist();
    }

    @Test
    void leavesAnApplicationAloneThatAnotherLauncherUses() throws Exception {
        var used = Files.createDirectories(folder.resolve("gateway-0123456789abcdef"));
        var unused = Files.createDirectories(folder.resolve("gateway-fedcba9876543210"));
        var other = Files.createDirectories(folder.resolve("events-service-fedcba9876543210"));
        var launcher = java(folder, OtherLauncher.class, used.toString());
        try {
            assertThat(launcher.inputReader().readLine()).isEqualTo("uses it");

            Application.forgetEarlier("gateway", folder);

            assertThat(used).exists();
            assertThat(other).exists();
            assertThat(unused).doesNotExist();
        } finally {
            launcher.destroyForcibly().waitFor();
        }
        Application.forgetEarlier("gateway", folder);
        assertThat(used).doesNotExist();
    }

    static final class OtherLauncher {

        public static void main(String... arguments) throws Exception {
            Application.use(Path.of(arguments[0]));
            System.out.println("uses it");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void keepsItsLogWithTheOthers() throws Exception {
        var data = folder.resolve("data");
        // Not what it expects: it ends with an error, and writes it down.
        Files.createDirectories(data.resolve("ports.properties"));
        var below = Files.createDirectories(Path.of("target/launched"));

        var launcher = java(below, Launcher.class, "--data", data.toString(), "--port", "0", "--inbox-port", "0");
        var said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(launcher.waitFor()).as(said).isEqualTo(1);
        assertThat(data.resolve("logs/launcher.log")).content().contains("The launcher ends");
        assertThat(below).isEmptyDirectory();
    }

    private static Process java(Path where, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void keepsKeysThatOnlyTheirOwnerMayRead() throws Exception {
        var keys = Keys.in(folder.resolve("keys"));
        var sealing = Files.readString(keys.sealingPrivateKey());

        assertThat(OctetKeyPair.parse(sealing).isPrivate()).isTrue();
        var publicKey = OctetKeyPair.parse(Files.readString(keys.sealingPublicKey()));
        assertThat(publicKey.isPrivate()).isFalse();
        assertThat(publicKey).isEqualTo(OctetKeyPair.parse(sealing).toPublicJWK());
        assertThat(Base64.getDecoder().decode(Files.readString(keys.hashKey("gateway"))))
                .hasSize(32);
        AeadConfig.register();
        var aead = TinkJsonProtoKeysetFormat.parseKeyset(
                        Files.readString(keys.addressKeys("gateway")), InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
        assertThat(aead.decrypt(aead.encrypt("x".getBytes(StandardCharsets.UTF_8), null), null))
                .isEqualTo("x".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.getPosixFilePermissions(keys.sealingPrivateKey()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        assertThat(Files.readString(Keys.in(folder.resolve("keys")).sealingPrivateKey()))
                .isEqualTo(sealing);
        assertThat(keys.hashKey("gateway")).isNotEqualTo(keys.hashKey("notification-service"));
    }

    @Test
    void remembersPortsWhileTheyAreFree() throws Exception {
        var file = folder.resolve("ports");
        var first = RememberedPorts.in(file);
        first.prepare(List.of("a", "b"));
        assertThat(first.of("a")).isNotEqualTo(first.of("b"));

        var second = RememberedPorts.in(file);
        second.prepare(List.of("a", "b"));
        assertThat(second.of("a")).isEqualTo(first.of("a"));

        try (var _ = new ServerSocket(first.of("a"), 1, InetAddress.getLoopbackAddress())) {
            var third = RememberedPorts.in(file);
            third.prepare(List.of("a", "b"));
            assertThat(third.of("a")).isNotEqualTo(first.of("a"));
            assertThat(third.of("b")).isEqualTo(first.of("b"));
            assertThat(Ports.isFree(third.of("a"))).isTrue();
        }
    }

    @Test
    void waitsLongerAfterEachDeathAndGivesUpAfterFiveWithinAMinute() {
        var policy = new RestartPolicy();
        long now = 0;

        assertThat(policy.died(now)).isEqualTo(new StartAgain(Duration.ofMillis(500)));
        assertThat(policy.died(now)).isEqualTo(new StartAgain(Duration.ofSeconds(1)));
        assertThat(policy.died(now)).isEqualTo(new StartAgain(Duration.ofSeconds(2)));
        assertThat(policy.died(now)).isEqualTo(new StartAgain(Duration.ofSeconds(4)));
        assertThat(policy.died(now)).isEqualTo(new GiveUp());
    }

    @Test
    void beginsAnewWithAChildThatLivedForAMinute() {
        var policy = new RestartPolicy();
        policy.died(0);
        policy.died(1);

        assertThat(policy.died(Duration.ofSeconds(62).toNanos())).isEqualTo(new StartAgain(Duration.ofMillis(500)));
    }

    @Test
    void givesAServiceWhatTheOptionsAddForIt() {
        var options = Options.forTests(folder)
                .withEnvironment("gateway", "A", "1")
                .withEnvironment("gateway", "B", "2")
                .withEnvironment("events-service", "A", "3");

        assertThat(options.environment()).containsEntry("gateway", Map.of("A", "1", "B", "2"));
        // Beside what every test adds.
        assertThat(options.environment().get("events-service"))
                .containsEntry("A", "3")
                .containsEntry("IMECE_NIGHTLY_RESTATEMENT", "false");
    }

    @Test
    void printsOneLinePerStepWithItsTime() {
        var out = new ByteArrayOutputStream();

        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8)).line("Kafka");

        assertThat(out.toString(StandardCharsets.UTF_8)).matches(" +\\d+\\.\\d s  Kafka\\R");
    }
}
