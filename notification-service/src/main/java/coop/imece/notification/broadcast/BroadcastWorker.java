package coop.imece.notification.broadcast;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Deliveries;
import coop.imece.notification.delivery.Progress;
import coop.imece.notification.delivery.SendChunk;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.outbox.Lease;
import coop.imece.platform.store.StoreFailures;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/// Moves broadcasts on: one instance at a time, by lease; woken by what this instance does, else every 250 ms.
///
/// Each round takes every open broadcast one step: begins it when earlier ones of its gathering are finished, expands
/// one page, or finishes it when no delivery is open. Deliveries whose due time has come are handed out in new
/// chunks. A broadcast that made no progress for a minute has its open chunks handed out again, whatever became of
/// the commands.
@Component
class BroadcastWorker implements SmartLifecycle, Progress {

    private static final Logger log = LoggerFactory.getLogger(BroadcastWorker.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int MOST_PENDING_COMMANDS = 45;
    private static final int MOST_DUE = 400;

    private final Broadcasts broadcasts;
    private final Expansion expansion;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Lease lease;
    private final Semaphore wake = new Semaphore(0);
    private final Map<UUID, Standing> standings = new HashMap<>();
    private final Map<UUID, String> troubled = new HashMap<>();
    private @Nullable Thread thread;
    private volatile boolean running;

    /// When a broadcast was last seen to make progress.
    private record Standing(long open, long since, long lookedAt) {}

    BroadcastWorker(
            Broadcasts broadcasts,
            Expansion expansion,
            Deliveries deliveries,
            Clock clock,
            MongoOperations mongo,
            @Value("${imece.instance}") String instance) {
        this.broadcasts = broadcasts;
        this.expansion = expansion;
        this.deliveries = deliveries;
        this.clock = clock;
        this.lease = new Lease(mongo, "broadcast-worker", instance);
    }

    /// Looks at once instead of at the next poll.
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    @Override
    public void made(UUID broadcast) {
        wake();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("broadcast-worker").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        Thread current = thread;
        if (current != null) {
            try {
                current.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        Duration pause = POLL;
        while (running) {
            boolean more = false;
            try {
                more = lease.keep() && round();
                pause = POLL;
            } catch (RuntimeException e) {
                pause = pause.multipliedBy(2).compareTo(LOOK) < 0 ? pause.multipliedBy(2) : LOOK;
                log.warn("broadcast worker waits {}: {}", pause, e.toString());
            }
            if (!more) {
                rest(pause);
            }
        }
    }

    private void rest(Duration pause) {
        try {
            if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /// One step for each; true if there is more to do at once.
    boolean round() {
        boolean more = handOutDue();
        List<Broadcasts.OpenBroadcast> open = broadcasts.findOpen();
        standings
                .keySet()
                .retainAll(open.stream().map(Broadcasts.OpenBroadcast::id).toList());
        for (Broadcasts.OpenBroadcast one : open) {
            more |= alone(
                    one.id(),
                    () -> broadcasts.findById(one.id()).map(this::step).orElse(false));
        }
        return more;
    }

    /// What goes wrong with one broadcast is no reason to keep the others waiting; only a store that is away is.
    private boolean alone(UUID broadcast, BooleanSupplier work) {
        try {
            boolean more = work.getAsBoolean();
            troubled.remove(broadcast);
            return more;
        } catch (RuntimeException e) {
            if (StoreFailures.unavailable(e)) {
                throw e;
            }
            String trouble = e.getClass().getSimpleName();
            if (!trouble.equals(troubled.put(broadcast, trouble))) {
                log.warn("broadcast {} stays where it is for now: {}", broadcast, trouble);
            }
            return false;
        }
    }

    private boolean step(Broadcast broadcast) {
        return switch (broadcast.state()) {
            case WAITING -> begin(broadcast);
            case EXPANDING -> expand(broadcast);
            case SENDING -> finish(broadcast);
            case SENT, EXPIRED -> false;
        };
    }

    private boolean begin(Broadcast broadcast) {
        boolean cutShort = false;
        for (Broadcast earlier :
                broadcasts.findByGatheringAndPlaceLessThanOrderByPlaceDesc(broadcast.gathering(), broadcast.place())) {
            if (earlier.open()) {
                if (!earlier.superseded()) {
                    earlier.supersede();
                    broadcasts.save(earlier);
                }
                deliveries.suppressPending(earlier.id(), "superseded");
                return false;
            }
            cutShort |= earlier.cutShort();
        }
        broadcast.begin(cutShort, clock.instant());
        broadcasts.save(broadcast);
        return true;
    }

    private boolean expand(Broadcast broadcast) {
        if (!mayHandOut(broadcast)) {
            return false;
        }
        if (broadcast.notice().over(clock.instant())) {
            broadcast.supersede();
            deliveries.suppressPending(broadcast.id(), "past");
        } else {
            expansion.page(broadcast);
        }
        if (broadcast.state() == Broadcast.State.SENDING) {
            Books.Line books = deliveries.books(broadcast.id()).total();
            broadcast.audienceKnown(books);
            log.info("broadcast {} goes to {} addresses", broadcast.id(), books.accepted());
        }
        broadcasts.save(broadcast);
        return true;
    }

    private boolean finish(Broadcast broadcast) {
        if (broadcast.superseded()) {
            // What a worker deferred meanwhile, or a frozen one expanded.
            deliveries.suppressPending(broadcast.id(), "superseded");
        }
        if (deliveries.anyOpen(broadcast.id())) {
            if (atStandstill(broadcast)) {
                List<SendChunk> chunks = new ArrayList<>();
                deliveries
                        .openChunks(broadcast.id(), MOST_PENDING_COMMANDS)
                        .forEach((chunk, channel) -> chunks.add(SendChunk.of(broadcast.id(), chunk, channel)));
                if (!chunks.isEmpty()) {
                    log.warn("broadcast {} stands still; {} chunks handed out again", broadcast.id(), chunks.size());
                    broadcast.handOut(chunks);
                    broadcasts.save(broadcast);
                }
            }
            return false;
        }
        Books.Line books = deliveries.books(broadcast.id()).total();
        if (books.open() > 0) {
            return false;
        }
        broadcast.finish(books, clock.instant());
        broadcasts.save(broadcast);
        log.info(
                "broadcast {} finished: accepted {}, sent {}, failed {}, suppressed {}, in doubt {}",
                broadcast.id(),
                books.accepted(),
                books.sent(),
                books.failed(),
                books.suppressed(),
                books.inDoubt());
        return true;
    }

    /// Whether as much is open as a minute ago although all commands have left.
    private boolean atStandstill(Broadcast broadcast) {
        long now = System.nanoTime();
        Standing before = standings.get(broadcast.id());
        if (before != null && now - before.lookedAt() < LOOK.toNanos()) {
            return false;
        }
        long open = deliveries.books(broadcast.id()).total().open();
        boolean resting = before != null
                && before.open() == open
                && broadcast.pendingMessages().isEmpty();
        long since = before != null && resting ? before.since() : now;
        boolean still = now - since > STANDSTILL.toNanos();
        standings.put(broadcast.id(), new Standing(open, still ? now : since, now));
        return still;
    }

    /// Puts what waited long enough into new chunks.
    private boolean handOutDue() {
        List<Deliveries.Due> due = deliveries.due(clock.instant(), MOST_DUE);
        Map<UUID, Map<Channel, List<UUID>>> byBroadcast = new LinkedHashMap<>();
        for (Deliveries.Due one : due) {
            byBroadcast
                    .computeIfAbsent(one.broadcast(), id -> new LinkedHashMap<>())
                    .computeIfAbsent(one.channel(), channel -> new ArrayList<>())
                    .add(one.delivery());
        }
        byBroadcast.forEach((id, byChannel) -> alone(
                id,
                () -> broadcasts
                        .findById(id)
                        .filter(BroadcastWorker::mayHandOut)
                        .map(broadcast -> handOut(broadcast, byChannel))
                        .orElse(false)));
        return due.size() == MOST_DUE && byBroadcast.size() > 1;
    }

    private boolean handOut(Broadcast broadcast, Map<Channel, List<UUID>> byChannel) {
        List<SendChunk> chunks = new ArrayList<>();
        byChannel.forEach((channel, ids) -> {
            int size = SendChunk.most(channel);
            for (int from = 0; from < ids.size(); from += size) {
                UUID chunk = Ids.v7();
                deliveries.hand(ids.subList(from, Math.min(from + size, ids.size())), chunk);
                chunks.add(SendChunk.of(broadcast.id(), chunk, channel));
            }
        });
        broadcast.handOut(chunks);
        broadcasts.save(broadcast);
        return true;
    }

    /// While its commands wait for the broker, no more are added.
    private static boolean mayHandOut(Broadcast broadcast) {
        return broadcast.pendingMessages().size() < MOST_PENDING_COMMANDS;
    }
}
