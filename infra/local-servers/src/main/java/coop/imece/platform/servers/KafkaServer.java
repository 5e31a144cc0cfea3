package coop.imece.platform.servers;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/// A real Kafka broker (KRaft, broker and controller in one) in a JVM of its own, from the Kafka jars on our class
/// path.
///
/// It is ready when [#start] returns. Topics and records survive [#kill] and [#restart], also when the port has to
/// change. It creates no topic by itself: [Topics] does.
public final class KafkaServer extends LocalServer {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Of the run that was launched last.
    private @Nullable StartUpCache cache;

    private KafkaServer(Path folder, Path logFile, boolean temporary, int port) {
        super("Kafka", folder, logFile, temporary, port, PATIENCE);
    }

    /// With data that is deleted at the end, on any free port.
    public static KafkaServer start() {
        var folder = Folders.temporary("kafka");
        return start(folder, folder.resolve("kafka.log"), true, 0);
    }

    public static KafkaServer start(Path dataDir) {
        return start(dataDir, dataDir.resolve("kafka.log"), 0);
    }

    /// @param port the one wanted; another one is taken if it is 0 or busy
    public static KafkaServer start(Path dataDir, Path logFile, int port) {
        return start(Folders.create(dataDir), logFile.toAbsolutePath(), false, port);
    }

    private static KafkaServer start(Path folder, Path logFile, boolean temporary, int port) {
        var server = new KafkaServer(folder, logFile, temporary, port);
        AtExit.close(server);
        try {
            server.format();
            server.restart();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    @Override
    ServerProcess launch() {
        int controller = Ports.free(2).stream()
                .filter(free -> free != port())
                .findFirst()
                .orElseThrow();
        return ChildProcess.start("Kafka", command(writeConfiguration(controller)), Map.of(), logFile());
    }

    @Override
    void awaitUse(long deadline) {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (var admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ServerUnavailable("Kafka does not answer; its log: " + logFile(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailable("interrupted while Kafka started", e);
        }
    }

    private Path storage() {
        return folder().resolve("log");
    }

    private void format() {
        if (Files.exists(storage().resolve("meta.properties"))) {
            return;
        }
        var output = new ByteArrayOutputStream();
        try {
            Files.createDirectories(storage());
            new Formatter()
                    .setPrintStream(new PrintStream(output, true, StandardCharsets.UTF_8))
                    .setClusterId("imece-local-broker-0-0")
                    .setNodeId(1)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setDirectories(List.of(storage().toString()))
                    .setMetadataLogDirectory(storage().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setHasDynamicQuorum(false)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new ServerUnavailable("Kafka's storage in " + storage() + " was not made: " + e.getMessage(), e);
        }
    }

    private Path writeConfiguration(int controllerPort) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port() + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port(),
                "log.dirs",
                storage().toString(),
                "auto.create.topics.enable",
                "false"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "controlled.shutdown.enable", "false"));
        // A killed broker may register again only after its old session has ended.
        settings.putAll(Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500"));
        // One machine: few threads, small buffers.
        settings.putAll(Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "4",
                "log.cleaner.dedupe.buffer.size", "16777216",
                "log.segment.bytes", "134217728",
                "log.index.size.max.bytes", "2097152"));
        var file = folder().resolve("server.properties");
        try {
            Files.createDirectories(folder());
            try (var writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            var logging = folder().resolve("logback.xml");
            try (var source = KafkaServer.class.getResourceAsStream("kafka-logback.xml")) {
                if (source != null) {
                    Files.write(logging, source.readAllBytes());
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder(), e);
        }
    }

    private List<String> command(Path configuration) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx288m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-Dlogback.configurationFile=" + folder().resolve("logback.xml")));
        if (!temporary()) {
            var fitting = StartUpCache.of(folder(), jars());
            cache = fitting;
            command.addAll(fitting.options());
        }
        command.addAll(List.of("-cp", jars(), "kafka.Kafka", configuration.toString()));
        return command;
    }

    @Override
    void endedInOrder() {
        if (cache != null) {
            cache.keepFresh();
        }
    }

    /// Our class path without its folders: Kafka needs none of our classes, and an archive of its classes refuses them.
    private static String jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public String toString() {
        return "Kafka at " + bootstrapServers();
    }
}
