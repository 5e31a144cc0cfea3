package coop.imece.launcher.inbox;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A file with one line per received message: milliseconds, channel, Message-ID (of an SMS: the centre's id),
/// recipient, size of a mail in bytes, parted by tabs. Kill test and bench balance their books with it. Written out
/// every 50 ms and at the end.
public final class Ledger implements AutoCloseable {

    private final BufferedWriter writer;
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ledger").factory());

    private Ledger(BufferedWriter writer) {
        this.writer = writer;
    }

    /// Appends to the file.
    public static Ledger open(Path file) {
        try {
            var ledger =
                    new Ledger(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            var _ = ledger.flusher.scheduleWithFixedDelay(ledger::flush, 50, 50, TimeUnit.MILLISECONDS);
            return ledger;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    synchronized void write(Instant at, InboxMessage.Channel channel, String messageId, String to, int bytes) {
        try {
            writer.append(String.valueOf(at.toEpochMilli()))
                    .append('\t')
                    .append(channel.name())
                    .append('\t')
                    .append(messageId)
                    .append('\t')
                    .append(to)
                    .append('\t')
                    .append(String.valueOf(bytes))
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        flusher.close();
        synchronized (this) {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
