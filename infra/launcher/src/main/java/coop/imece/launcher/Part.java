package coop.imece.launcher;

import coop.imece.platform.servers.ServerProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One process of the system: broker, database or a service. Tests treat it as badly as production would.
///
/// It is started again when it dies, unless [#restartsByItself] says otherwise. Deaths by [#kill] do not count towards
/// giving up.
public final class Part {

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

    private final String name;
    private final Runnable starter;
    private final Supplier<ServerProcess> process;
    private final BooleanSupplier ready;
    private final BooleanSupplier broken;
    private final RestartPolicy policy = new RestartPolicy();
    private volatile boolean restarts = true;
    private volatile boolean killed;
    private volatile boolean givenUp;
    private final AtomicInteger deaths = new AtomicInteger();
    private boolean starting;

    /// @param starter starts it again on its data; returns when the process runs
    /// @param process the one that runs now, or ran last
    /// @param ready whether it takes requests
    /// @param broken whether it says itself that only a restart helps
    Part(
            String name,
            Runnable starter,
            Supplier<ServerProcess> process,
            BooleanSupplier ready,
            BooleanSupplier broken) {
        this.name = name;
        this.starter = starter;
        this.process = process;
        this.ready = ready;
        this.broken = broken;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.get().pid();
    }

    public boolean isAlive() {
        return process.get().isAlive();
    }

    /// Alive and taking requests.
    public boolean isReady() {
        return isAlive() && ready.getAsBoolean();
    }

    /// How often it ended without being told to by the launcher.
    public int deaths() {
        return deaths.get();
    }

    /// SIGKILL; unless restarts are off it comes back after half a second.
    public void kill() {
        killed = true;
        process.get().kill();
    }

    /// SIGSTOP.
    public void freeze() {
        process.get().freeze();
    }

    /// SIGCONT.
    public void thaw() {
        process.get().thaw();
    }

    /// Whether it is started again when it dies.
    public void restartsByItself(boolean wanted) {
        restarts = wanted;
    }

    /// Starts it if it is dead and nobody else is about to; returns when the process runs.
    public void start() {
        synchronized (this) {
            if (starting || isAlive()) {
                return;
            }
            starting = true;
        }
        try {
            starter.run();
        } finally {
            synchronized (this) {
                starting = false;
            }
        }
    }

    /// Ends a process that runs on without being of use; whether it was one.
    boolean endIfBroken() {
        if (!restarts || !isAlive() || !broken.getAsBoolean()) {
            return false;
        }
        process.get().stop(TIME_TO_STOP);
        return true;
    }

    boolean needsStart() {
        synchronized (this) {
            return restarts && !givenUp && !starting && !isAlive();
        }
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /// Takes note of a death; the answer says when to start it again.
    RestartPolicy.Decision died() {
        deaths.incrementAndGet();
        if (killed) {
            killed = false;
            return new RestartPolicy().died(System.nanoTime());
        }
        var decision = policy.died(System.nanoTime());
        givenUp = decision instanceof RestartPolicy.GiveUp;
        return decision;
    }

    @Override
    public String toString() {
        return name;
    }
}
