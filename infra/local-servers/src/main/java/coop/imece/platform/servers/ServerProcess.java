package coop.imece.platform.servers;

import java.time.Duration;

/// A process that can be treated as badly as production treats it.
public interface ServerProcess {

    long pid();

    boolean isAlive();

    /// SIGKILL, and waits until the process is gone.
    void kill();

    /// SIGSTOP: the process keeps its connections and answers nobody.
    void freeze();

    /// SIGCONT.
    void thaw();

    /// SIGTERM, also to a frozen process; SIGKILL if it is still there after `patience`.
    ///
    /// @return whether it ended by itself
    boolean stop(Duration patience);
}
