package coop.imece.notification.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gathers what became of the mails of one worker and writes it down in bulk, so many at a time or so often.
///
/// Connections bring results in; the worker's own thread decides and writes, so a store that is slow slows the worker,
/// and by the permits all connections.
final class Outcomes {

    private final Deliveries deliveries;
    private final Semaphore unwritten;
    private final int flushAt;
    private final long flushEvery;
    private final BlockingQueue<EmailChunkSending.DeliveryMail> arrived = new LinkedBlockingQueue<>();
    private final List<Outcome> decided = new ArrayList<>();
    private volatile boolean abandoned;
    private int permits;
    private long firstDecided;

    Outcomes(Deliveries deliveries, Semaphore unwritten, int flushAt, Duration flushEvery) {
        this.deliveries = deliveries;
        this.unwritten = unwritten;
        this.flushAt = flushAt;
        this.flushEvery = flushEvery.toNanos();
    }

    /// From a connection.
    void arrived(EmailChunkSending.DeliveryMail mail) {
        arrived.add(mail);
    }

    /// The next result, or null after the time for a flush.
    EmailChunkSending.@Nullable DeliveryMail awaitNext() {
        try {
            EmailChunkSending.DeliveryMail next = arrived.poll();
            if (next == null && permits > 0 && unwritten.availablePermits() == 0) {
                flush();
            }
            if (next == null) {
                long wait = decided.isEmpty() ? flushEvery : firstDecided + flushEvery - System.nanoTime();
                next = arrived.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
            }
            if (!decided.isEmpty() && System.nanoTime() - firstDecided >= flushEvery) {
                flush();
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped in the middle of a chunk; it is handed out again", e);
        }
    }

    void add(Outcome outcome, EmailChunkSending.DeliveryMail mail) {
        if (mail.permitted()) {
            permits++;
        }
        add(outcome);
    }

    void add(Outcome outcome) {
        if (decided.isEmpty()) {
            firstDecided = System.nanoTime();
        }
        decided.add(outcome);
        if (decided.size() >= flushAt) {
            flush();
        }
    }

    /// Nothing more of this worker is to be sent or written; permits of what was decided and not written are given
    /// back.
    void abandon() {
        abandoned = true;
        unwritten.release(permits);
        permits = 0;
        decided.clear();
    }

    boolean abandoned() {
        return abandoned;
    }

    /// The next result, however long it takes: every mail under way gets one.
    EmailChunkSending.DeliveryMail take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return arrived.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void flush() {
        if (!decided.isEmpty()) {
            deliveries.write(decided);
            decided.clear();
            unwritten.release(permits);
            permits = 0;
        }
    }
}
