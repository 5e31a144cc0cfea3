package coop.imece.platform.inbox;

import coop.imece.platform.outbox.OutboxWatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/// How this service is doing, for the operations page. That it answers at all says that its database does.
public final class ServiceState {

    private final OutboxWatch watch;
    private final DeadLetters letters;

    ServiceState(OutboxWatch watch, DeadLetters letters) {
        this.watch = watch;
        this.letters = letters;
    }

    /// @param broker whether the broker answers
    /// @param waiting how many aggregates have messages waiting for it
    /// @param oldest since when the oldest of them waits
    /// @param deadLetters how many wait for a decision; unknown while the broker is away
    public record Seen(
            boolean broker,
            long waiting,
            @Nullable Instant oldest,
            @Nullable Integer deadLetters) {}

    /// As it is now; the outbox as it was seen up to five seconds ago.
    public Seen now() {
        OutboxWatch.Waiting all = watch.all();
        try {
            return new Seen(true, all.aggregates(), all.oldest(), letters.undecided());
        } catch (TransientDataAccessResourceException e) {
            return new Seen(false, all.aggregates(), all.oldest(), null);
        }
    }
}
