package coop.imece.launcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How long to wait before a dead child is started again: 0.5 s, doubling to 10 s; after five deaths within a minute,
/// never. A child that lived for a minute begins anew.
final class RestartPolicy {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int TOO_MANY = 5;

    private final Deque<Long> deaths = new ArrayDeque<>();
    private Duration next = FIRST;

    sealed interface Decision {}

    record StartAgain(Duration after) implements Decision {}

    record GiveUp() implements Decision {}

    /// @param now on a monotonic clock, in nanoseconds
    Decision died(long now) {
        deaths.removeIf(earlier -> now - earlier > WINDOW.toNanos());
        if (deaths.isEmpty()) {
            next = FIRST;
        }
        deaths.add(now);
        if (deaths.size() >= TOO_MANY) {
            return new GiveUp();
        }
        var after = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return new StartAgain(after);
    }
}
