package coop.imece.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the parts ten times a second and starts the dead ones again, and those that say they are beyond help.
final class Supervisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration PROBE = Duration.ofSeconds(3);

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final Set<Part> scheduled = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().daemon().name("supervisor-", 0).factory());
    private final Progress progress;
    private volatile boolean stopping;

    Supervisor(Progress progress) {
        this.progress = progress;
        every(GLANCE, this::look);
        every(PROBE, this::probe);
    }

    private void every(Duration pause, Runnable work) {
        var _ = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        log.error("the supervisor goes on after a fault of its own", e);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void lookAfter(Part part) {
        parts.add(part);
    }

    private void look() {
        for (var part : parts) {
            if (!stopping && part.needsStart() && scheduled.add(part)) {
                decide(part);
            }
        }
    }

    private void probe() {
        for (var part : parts) {
            if (!stopping && part.endIfBroken()) {
                progress.line(part.name() + " said that only a restart helps");
            }
        }
    }

    private void decide(Part part) {
        switch (part.died()) {
            case RestartPolicy.StartAgain(var after) -> {
                progress.line(part.name() + " has ended; starting it again in " + after.toMillis() / 1000.0 + " s");
                var _ = executor.schedule(() -> startAgain(part), after.toMillis(), TimeUnit.MILLISECONDS);
            }
            case RestartPolicy.GiveUp _ -> {
                scheduled.remove(part);
                progress.line(part.name() + " has ended five times within a minute and stays down; its log says why");
            }
        }
    }

    private void startAgain(Part part) {
        try {
            if (!stopping) {
                part.start();
            }
        } catch (RuntimeException e) {
            log.warn("{} did not start again", part.name(), e);
        } finally {
            scheduled.remove(part);
        }
    }

    /// From now on nothing is started any more; waits for a start that is under way.
    @Override
    public void close() {
        stopping = true;
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
                log.warn("a start is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
