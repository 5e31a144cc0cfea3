package coop.imece.platform.servers;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Which MongoDB this machine offers, in the order of house-style 2.8.
sealed interface MongoChoice {

    /// Runs elsewhere: we neither start nor stop nor kill it.
    record External(String uri) implements MongoChoice {}

    record Executable(Path mongod) implements MongoChoice {}

    record Docker() implements MongoChoice {}

    static MongoChoice of(Map<String, String> environment, Path home, BooleanSupplier dockerRuns) {
        var uri = environment.getOrDefault("IMECE_MONGODB_URI", "");
        if (!uri.isBlank()) {
            return new External(uri);
        }
        var named = environment.getOrDefault("IMECE_MONGOD", "");
        if (!named.isBlank()) {
            var mongod = Path.of(named);
            if (!Executables.isExecutable(mongod)) {
                throw new ServerUnavailable("IMECE_MONGOD names " + named + ", which is no executable file");
            }
            return new Executable(mongod);
        }
        var onPath = Executables.onPath("mongod", environment);
        if (onPath.isPresent()) {
            return new Executable(onPath.get());
        }
        var cached = cacheFolder(environment, home).resolve("mongod");
        if (Executables.isExecutable(cached)) {
            return new Executable(cached);
        }
        if (dockerRuns.getAsBoolean()) {
            return new Docker();
        }
        throw new ServerUnavailable(
                "No MongoDB found: run infra/bin/install-mongod, or let IMECE_MONGOD name a mongod, "
                        + "or IMECE_MONGODB_URI a running replica set");
    }

    private static Path cacheFolder(Map<String, String> environment, Path home) {
        var named = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (named.isBlank() ? home.resolve(".cache") : Path.of(named)).resolve("imece");
    }
}
