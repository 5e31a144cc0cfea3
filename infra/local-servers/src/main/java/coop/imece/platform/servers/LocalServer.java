package coop.imece.platform.servers;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the servers on this machine have in common: a process of their own, a port, and data that outlive both.
///
/// A first start may take another port than the one asked for, later ones may not: by then others know its address.
public abstract sealed class LocalServer implements AutoCloseable permits KafkaServer, MongoServer {

    private final String name;
    private final Path folder;
    private final Path logFile;
    private final boolean temporary;
    private final Duration patience;
    private int port;
    private @Nullable ServerProcess process;

    /// @param name for people
    /// @param folder where the data are
    /// @param temporary whether the folder is deleted at the end
    /// @param port the one wanted; another one is taken if it is 0 or busy
    /// @param patience how long a start or a stop may take
    LocalServer(String name, Path folder, Path logFile, boolean temporary, int port, Duration patience) {
        this.name = name;
        this.folder = folder;
        this.logFile = logFile;
        this.temporary = temporary;
        this.port = port;
        this.patience = patience;
    }

    /// Starts the process, which listens on [#port].
    abstract ServerProcess launch();

    /// Returns when the server, whose port answers, can be used.
    ///
    /// @param deadline by [System#nanoTime]
    abstract void awaitUse(long deadline);

    /// The process ended by itself when it was asked to.
    void endedInOrder() {}

    Path folder() {
        return folder;
    }

    Path logFile() {
        return logFile;
    }

    boolean temporary() {
        return temporary;
    }

    public int port() {
        return port;
    }

    /// The running process, once more after each [#restart].
    public ServerProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " is not a process of ours");
        }
        return process;
    }

    public long pid() {
        return process().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public void kill() {
        process().kill();
    }

    public void freeze() {
        process().freeze();
    }

    public void thaw() {
        process().thaw();
    }

    /// Orderly; [#restart] brings it back.
    public void stop() {
        if (process == null) {
            return;
        }
        boolean ran = process.isAlive();
        if (process.stop(patience) && ran) {
            endedInOrder();
        }
    }

    /// Starts it again on its data; does nothing if it runs.
    ///
    /// @throws ServerUnavailable if it does not start
    public void restart() {
        if (isAlive()) {
            return;
        }
        boolean first = process == null;
        for (int attempt = 1; !started(); attempt++) {
            if (attempt == 3) {
                throw new ServerUnavailable(name + " did not start; its log: " + logFile);
            }
            if (first) {
                process = null;
                port = 0;
            }
        }
    }

    /// False if the process ended before it was ready, as it does when somebody was faster to take the port.
    private boolean started() {
        if (process != null) {
            Ports.awaitFree(port, patience);
        } else if (port == 0 || !Ports.isFree(port)) {
            port = Ports.free(1).getFirst();
        }
        ServerProcess launched = launch();
        process = launched;
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Ports.answers(port)) {
            if (!launched.isAlive()) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                throw new ServerUnavailable(
                        name + " was not up after " + patience.toSeconds() + " s; its log: " + logFile);
            }
            Pause.millis(10);
        }
        awaitUse(deadline);
        return true;
    }

    @Override
    public void close() {
        AtExit.forget(this);
        if (temporary) {
            if (process != null) {
                process.kill();
            }
            Folders.delete(folder);
        } else {
            stop();
        }
    }
}
