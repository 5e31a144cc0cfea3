package coop.imece.launcher;

import coop.imece.platform.servers.ChildProcess;
import coop.imece.platform.servers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One of the five: its jar, its port and what it gets told through the environment.
final class Service {

    private static final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final Application application;
    private final int port;
    private final Path log;
    private final boolean trains;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable ChildProcess process;
    private volatile boolean wasReady;

    Service(String name, Application application, int port, Path log, boolean trains) {
        this.name = name;
        this.application = application;
        this.port = port;
        this.log = log;
        this.trains = trains;
        with("SERVER_PORT", port);
        with("IMECE_INSTANCE", name.replace("-service", "") + "-1");
    }

    Service with(String variable, Object value) {
        environment.put(variable, String.valueOf(value));
        return this;
    }

    Service with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path log() {
        return log;
    }

    void start() {
        wasReady = false;
        process = ChildProcess.start(name, application.command(trains), environment, log);
    }

    ServerProcess process() {
        return child();
    }

    private ChildProcess child() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    boolean isReady() {
        boolean ready = healthStatus("readiness") == 200;
        if (ready) {
            wasReady = true;
        }
        return ready;
    }

    /// Whether it says itself that only a restart helps. Silence is no such answer: it may be frozen or busy.
    boolean isBroken() {
        return (wasReady || isReady()) && healthStatus("liveness") == 503;
    }

    /// 0 if there is no answer.
    private int healthStatus(String probe) {
        var request = HttpRequest.newBuilder(URI.create(url() + "/actuator/health/" + probe))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// Whether this run ends by writing a start-up cache that is worth keeping.
    boolean isInTraining() {
        return trains && wasReady && isRunning() && !application.isTrained();
    }

    void requestStop() {
        if (isRunning()) {
            child().requestStop();
        }
    }

    /// Waits until it takes no more requests, which it does before it writes its cache.
    void awaitSilence(Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (isRunning() && healthStatus("liveness") != 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    void awaitStop(Duration patience) {
        if (process == null) {
            return;
        }
        boolean writesCache = trains && wasReady && !application.isTrained();
        if (!process.awaitExit(patience)) {
            process.kill();
        } else if (writesCache) {
            application.keepFreshCache();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
