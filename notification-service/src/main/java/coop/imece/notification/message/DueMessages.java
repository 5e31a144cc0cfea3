package coop.imece.notification.message;

import coop.imece.notification.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up the due messages of one channel of one lane and tries them side by side: a server that hangs holds up only
/// those who wait for it.
///
/// A place is taken before a message is claimed, and a claim is kept as long as its try runs, however slow the other
/// side is: what waits belongs to nobody and goes when there is room, and nobody takes a message for left behind while
/// it is being sent.
final class DueMessages {

    private static final Logger LOG = LoggerFactory.getLogger(DueMessages.class);
    private static final int AT_ONCE = 32;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(4);

    private final StoredMessage.Lane lane;
    private final Channel channel;
    private final StoredMessages messages;
    private final Consumer<StoredMessage> attempt;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore wake = new Semaphore(0);
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private @Nullable Thread looking;
    private long keptAt = System.nanoTime();
    private volatile boolean running;

    /// @param attempt one try; gets the message as it was before this process claimed it
    DueMessages(StoredMessage.Lane lane, Channel channel, StoredMessages messages, Consumer<StoredMessage> attempt) {
        this.lane = lane;
        this.channel = channel;
        this.messages = messages;
        this.attempt = attempt;
    }

    void start() {
        running = true;
        looking = Thread.ofVirtual().name("messages-" + lane + "-" + channel).start(this::look);
    }

    /// Looks at once instead of within a second.
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void look() {
        while (running) {
            boolean more = false;
            try {
                keepClaims();
                more = places.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS) && takeUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("{} messages wait: {}", channel, e.getClass().getSimpleName());
            }
            if (!more) {
                rest();
            }
        }
    }

    private void rest() {
        try {
            if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /// Before anything is claimed, so that this process never takes a try of its own for left behind.
    private void keepClaims() {
        long now = System.nanoTime();
        if (now - keptAt > StoredMessages.CLAIM.toNanos() / 4) {
            messages.keepClaims(Set.copyOf(underWay));
            keptAt = now;
        }
    }

    /// Fills the place taken, or gives it back.
    private boolean takeUp() {
        boolean filled = false;
        try {
            Optional<StoredMessage> due = messages.claimDue(channel, lane);
            due.ifPresent(this::begin);
            filled = due.isPresent();
            return filled;
        } finally {
            if (!filled) {
                places.release();
            }
        }
    }

    private void begin(StoredMessage message) {
        underWay.add(message.id());
        Thread.ofVirtual().name("message-" + channel).start(() -> {
            try {
                attempt.accept(message);
            } catch (RuntimeException e) {
                // It stays claimed and falls due again.
                LOG.warn("Message {} could not be handled now", message.id(), e);
            } finally {
                underWay.remove(message.id());
                places.release();
            }
        });
    }

    /// Claims nothing more.
    void stop() {
        running = false;
        wake();
    }

    /// Lets begun tries end: what they hand over must be written down.
    void awaitEnd() throws InterruptedException {
        Thread current = looking;
        if (current != null) {
            current.join(FAREWELL);
        }
        if (places.tryAcquire(AT_ONCE, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
            places.release(AT_ONCE);
        } else {
            LOG.warn("Some {} messages did not end in time; they fall due again", channel);
        }
    }
}
