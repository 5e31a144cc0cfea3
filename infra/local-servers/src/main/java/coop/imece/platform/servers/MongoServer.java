package coop.imece.platform.servers;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/// A real MongoDB as a single-node replica set: the first of `IMECE_MONGODB_URI`, `IMECE_MONGOD`, a `mongod` on the
/// PATH, one in the user's cache folder, a Docker engine.
///
/// It is ready when [#start] returns. Data survives [#kill] and [#restart], also when the port has to change: the
/// replica set is then told its new address. What a temporary folder holds is deleted by [#close].
public final class MongoServer extends LocalServer {

    private static final Logger log = LoggerFactory.getLogger(MongoServer.class);
    private static final String REPLICA_SET = "imece";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MongoChoice choice;

    private MongoServer(MongoChoice choice, Path data, Path logFile, boolean temporary, int port) {
        super("MongoDB", data, logFile, temporary, port, PATIENCE);
        this.choice = choice;
    }

    /// With data that is deleted at the end, on any free port.
    public static MongoServer start() {
        var folder = Folders.temporary("mongo");
        return start(folder, folder.resolve("mongod.log"), true, 0);
    }

    public static MongoServer start(Path dataDir) {
        return start(dataDir, dataDir.resolve("mongod.log"), 0);
    }

    /// @param port the one wanted; another one is taken if it is 0 or busy
    public static MongoServer start(Path dataDir, Path logFile, int port) {
        return start(Folders.create(dataDir), logFile.toAbsolutePath(), false, port);
    }

    private static MongoServer start(Path data, Path logFile, boolean temporary, int port) {
        var choice = MongoChoice.of(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                () -> DockerClientFactory.instance().isDockerAvailable());
        log.info("MongoDB: {}", choice);
        var server = new MongoServer(choice, data, logFile, temporary, port);
        AtExit.close(server);
        try {
            server.restart();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /// Without a database name.
    public String uri() {
        return switch (choice) {
            case MongoChoice.External external -> external.uri();
            case MongoChoice.Executable _, MongoChoice.Docker _ ->
                "mongodb://127.0.0.1:" + port() + "/?replicaSet=" + REPLICA_SET;
        };
    }

    /// Whether somebody else runs it; then there is nothing here to kill, freeze or restart.
    public boolean isExternal() {
        return choice instanceof MongoChoice.External;
    }

    @Override
    public boolean isAlive() {
        return isExternal() || super.isAlive();
    }

    @Override
    ServerProcess launch() {
        return switch (choice) {
            case MongoChoice.External _ -> throw new IllegalStateException("runs elsewhere");
            case MongoChoice.Executable(Path mongod) -> {
                var command = new ArrayList<>(List.of(mongod.toString(), "--dbpath", folder().toString()));
                command.addAll(List.of("--bind_ip", "127.0.0.1", "--nounixsocket"));
                command.addAll(arguments());
                yield ChildProcess.start("mongod", command, Map.of(), logFile());
            }
            case MongoChoice.Docker _ -> {
                var command = new ArrayList<>(List.of("mongod", "--bind_ip_all"));
                command.addAll(arguments());
                yield MongoContainer.start(command, folder(), port());
            }
        };
    }

    private List<String> arguments() {
        return List.of(
                "--port",
                String.valueOf(port()),
                "--replSet",
                REPLICA_SET,
                "--oplogSize",
                "256",
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--quiet",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false",
                "--setParameter",
                "shutdownTimeoutMillisForSignaledShutdown=100");
    }

    @Override
    void awaitUse(long deadline) {
        try (var client = MongoClients.create(
                "mongodb://127.0.0.1:" + port() + "/?directConnection=true&serverSelectionTimeoutMS=2000")) {
            while (!isPrimary(client)) {
                if (System.nanoTime() > deadline) {
                    throw new ServerUnavailable("MongoDB did not become primary; its log: " + logFile());
                }
                Pause.millis(10);
            }
        }
    }

    /// Sees to it that the server is a replica set under its present address. The first answers after a start may be
    /// refusals, because the server reads its configuration on the side, and a new address cuts connections.
    private boolean isPrimary(MongoClient client) {
        try {
            var admin = client.getDatabase("admin");
            if (admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary", false)) {
                return true;
            }
            var address = "127.0.0.1:" + port();
            var stored = client.getDatabase("local")
                    .getCollection("system.replset")
                    .find()
                    .first();
            if (stored == null) {
                admin.runCommand(new Document("replSetInitiate", replicaSet(address)));
            } else {
                var member = stored.getList("members", Document.class).getFirst();
                if (!address.equals(member.getString("host"))) {
                    member.put("host", address);
                    admin.runCommand(new Document("replSetReconfig", stored).append("force", true));
                }
            }
        } catch (MongoException e) {
            log.debug("MongoDB is not ready yet: {}", e.getMessage());
        }
        return false;
    }

    private static Document replicaSet(String address) {
        return new Document("_id", REPLICA_SET)
                .append("members", List.of(new Document("_id", 0).append("host", address)))
                .append("settings", new Document("electionTimeoutMillis", 1000));
    }

    @Override
    public String toString() {
        return "MongoDB at " + uri();
    }
}
