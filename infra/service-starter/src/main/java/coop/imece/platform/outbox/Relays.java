package coop.imece.platform.outbox;

import coop.imece.platform.store.OutboxIndexes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;

/// One relay for each collection of aggregates, woken by this process's own saves.
///
/// They start before requests are taken and stop after the last one was answered, so that what was saved on the way
/// down still leaves.
public final class Relays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relays.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration NIGHT = Duration.ofMinutes(5);
    private static final Duration FAREWELL = Duration.ofSeconds(4);

    private final MongoOperations mongo;
    private final OutboxIndexes collections;
    private final MessageSender sender;
    private final Restatements restatements;
    private final OutboxWatch watch;
    private final Runnable nightly;
    private final String instance;
    private final Map<String, Relay> relays = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch stopping = new CountDownLatch(0);

    Relays(
            MongoOperations mongo,
            OutboxIndexes collections,
            MessageSender sender,
            Restatements restatements,
            OutboxWatch watch,
            Runnable nightly,
            String instance) {
        this.mongo = mongo;
        this.collections = collections;
        this.sender = sender;
        this.restatements = restatements;
        this.watch = watch;
        this.nightly = nightly;
        this.instance = instance;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        collections.collections().forEach((collection, type) -> {
            Relay relay = new Relay(mongo, collection, type, sender, restatements, instance);
            relays.put(collection, relay);
            watch.register(collection);
            threads.add(Thread.ofVirtual().name("relay-" + collection).start(relay));
        });
        threads.add(Thread.ofVirtual().name("outbox-watch").start(() -> every(LOOK, this::look)));
        threads.add(Thread.ofVirtual().name("restatement").start(() -> every(NIGHT, nightly)));
    }

    private void look() {
        relays.keySet().forEach(watch::look);
    }

    private void every(Duration pause, Runnable work) {
        try {
            do {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn(
                            "{} will be tried again: {}",
                            Thread.currentThread().getName(),
                            e.getClass().getName());
                }
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Something was saved there.
    void wake(String collection) {
        Relay relay = relays.get(collection);
        if (relay != null) {
            relay.wake();
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        relays.values().forEach(Relay::stop);
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        relays.clear();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
