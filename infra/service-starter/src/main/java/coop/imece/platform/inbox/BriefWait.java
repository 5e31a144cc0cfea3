package coop.imece.platform.inbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Waits a moment for what is on its way over the broker: whoever has just done something comes at once to see it.
///
/// Waiting is a kindness and must not become a way to hold places: only so many wait at a time, the others get what is
/// there now.
public final class BriefWait {

    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final int AT_A_TIME = 32;

    private final Semaphore places = new Semaphore(AT_A_TIME);

    /// What is found within two seconds.
    public <T> Optional<T> await(Supplier<Optional<T>> look) {
        Optional<T> found = look.get();
        if (found.isPresent() || !places.tryAcquire()) {
            return found;
        }
        try {
            return awaited(look);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private static <T> Optional<T> awaited(Supplier<Optional<T>> look) throws InterruptedException {
        long deadline = System.nanoTime() + MOMENT.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Thread.sleep(pause);
            Optional<T> found = look.get();
            if (found.isPresent() || System.nanoTime() - deadline > 0) {
                return found;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }
}
