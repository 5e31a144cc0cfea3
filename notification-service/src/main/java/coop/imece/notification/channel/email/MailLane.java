package coop.imece.notification.channel.email;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A number of connections to the relay, kept open while there is mail, each on a virtual thread of its own, all fed
/// from one queue.
///
/// Every submitted mail gets exactly one [MailOutcome]. A mail whose text was not yet handed over when its connection
/// broke moves to another connection; one that was gets [MailOutcome.Unanswered], and the caller repeats it with the
/// same Message-ID. While the relay cannot be reached, one connection tries again (after 0.5 s, doubling to 10 s) and
/// all mail is answered [MailOutcome.NotSent] at once.
public final class MailLane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MailLane.class);
    private static final MailOutcome STALE = new MailOutcome.NotSent("stale");
    private static final int MOST_CONNECTIONS_TRIED = 3;
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private final String name;
    private final SmtpSettings settings;
    private final Clock clock;
    private final BlockingDeque<Queued> queue = new LinkedBlockingDeque<>();
    private final List<Thread> connections = new ArrayList<>();
    private final AtomicLong retryAt = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean closed;

    /// A mail and how many connections broke before its text was handed over.
    private record Queued(Mail mail, int broken) {}

    MailLane(String name, int size, SmtpSettings settings, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        for (int i = 0; i < size; i++) {
            connections.add(Thread.ofVirtual().name("smtp-" + name + "-" + i).start(this::work));
        }
    }

    /// Hands a mail to the next free connection.
    public void submit(Mail mail) {
        queue.add(new Queued(mail, 0));
        if (closed) {
            refuseQueued();
        }
    }

    /// Whether the last attempt to connect succeeded, or none was needed yet.
    public boolean reachable() {
        return failures.get() == 0;
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(Thread::interrupt);
        refuseQueued();
    }

    private void refuseQueued() {
        Queued left;
        while ((left = queue.poll()) != null) {
            left.mail().done(new MailOutcome.NotSent("stopping"));
        }
    }

    private void work() {
        SmtpConnection connection = null;
        while (!closed) {
            try {
                Queued first = connection == null
                        ? queue.take()
                        : queue.poll(settings.idle().toMillis(), TimeUnit.MILLISECONDS);
                if (first != null && expired(first)) {
                    continue;
                }
                if (first == null) {
                    quit(connection);
                    connection = null;
                } else if (connection == null) {
                    connection = connect(first);
                    connection = connection == null ? null : converse(connection, first);
                } else {
                    connection = converse(connection, first);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        quit(connection);
    }

    /// Null if the relay cannot be reached; the mail then has its outcome.
    private @Nullable SmtpConnection connect(Queued first) {
        long now = System.nanoTime();
        int failed = failures.get();
        if (failed > 0) {
            long due = retryAt.get();
            if (now - due < 0
                    || !retryAt.compareAndSet(
                            due, now + settings.connectTimeout().toNanos())) {
                first.mail().done(new MailOutcome.NotSent("relay unreachable"));
                return null;
            }
        }
        try {
            SmtpConnection connection = SmtpConnection.open(settings);
            if (failures.getAndSet(0) > 0) {
                log.info("mail relay reachable again for the {} lane", name);
            }
            return connection;
        } catch (IOException e) {
            int count = failures.incrementAndGet();
            retryAt.set(System.nanoTime() + Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(count - 1, 5)));
            if (count == 1) {
                log.warn("mail relay not reachable for the {} lane: {}", name, e.toString());
            }
            first.mail().done(new MailOutcome.NotSent("relay unreachable"));
            return null;
        }
    }

    /// Sends the mail and all that waits after it; returns the connection if it can be used again.
    private @Nullable SmtpConnection converse(SmtpConnection connection, Queued first) {
        Queued current = first;
        Queued next = null;
        boolean handedOver = false;
        try {
            connection.envelope(current.mail().to());
            while (current != null) {
                SmtpReply refusal = connection.envelopeRefusal();
                SmtpReply answer;
                if (refusal == null) {
                    current.mail().awaitRoom();
                }
                if (refusal == null && current.mail().stale(System.nanoTime())) {
                    // The relay waits for a text we must no longer send; without a final dot it takes nothing.
                    connection.close();
                    Queued old = current;
                    current = null;
                    old.mail().done(STALE);
                    return null;
                }
                if (refusal == null) {
                    connection.text(current.mail().template(), current.mail().gaps(clock.instant()));
                    next = next();
                    if (next != null) {
                        connection.envelope(next.mail().to());
                    }
                    handedOver = true;
                    connection.flush();
                    answer = connection.reply();
                    handedOver = false;
                } else {
                    answer = refusal;
                }
                Queued done = current;
                current = null;
                done.mail().done(answer.outcome(done.mail().to()));
                if (answer.closing()) {
                    throw new IOException("the relay is closing the connection");
                }
                if (refusal != null) {
                    next = next();
                    if (next != null) {
                        connection.envelope(next.mail().to());
                    }
                }
                current = next;
                next = null;
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            if (e instanceof RuntimeException) {
                log.error("mail connection of the {} lane failed", name, e);
            }
            discard(connection);
            if (next != null) {
                giveBack(next, e);
            }
            if (current != null && handedOver) {
                current.mail().done(new MailOutcome.Unanswered(e.getClass().getSimpleName()));
            } else if (current != null) {
                giveBack(current, e);
            }
            return null;
        }
    }

    /// The next mail that may still be sent, if one waits.
    private @Nullable Queued next() {
        Queued next = queue.poll();
        while (next != null && expired(next)) {
            next = queue.poll();
        }
        return next;
    }

    private static boolean expired(Queued queued) {
        boolean stale = queued.mail().stale(System.nanoTime());
        if (stale) {
            queued.mail().done(STALE);
        }
        return stale;
    }

    /// Its text was not handed over, so another connection may try.
    private void giveBack(Queued mail, Exception cause) {
        if (mail.broken() + 1 == MOST_CONNECTIONS_TRIED || closed) {
            mail.mail().done(new MailOutcome.NotSent(cause.getClass().getSimpleName()));
        } else {
            queue.addFirst(new Queued(mail.mail(), mail.broken() + 1));
        }
    }

    private void quit(@Nullable SmtpConnection connection) {
        if (connection != null) {
            try {
                connection.quit();
            } catch (IOException e) {
                log.debug("mail relay was gone before we could say goodbye: {}", e.toString());
            }
        }
    }

    private void discard(SmtpConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            log.debug("closing a broken mail connection: {}", e.toString());
        }
    }
}
