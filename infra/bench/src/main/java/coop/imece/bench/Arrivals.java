package coop.imece.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Reads the sink's ledger as it grows: what arrived, when, for whom.
final class Arrivals implements AutoCloseable {

    private final BufferedReader ledger;
    private final StringBuilder partial = new StringBuilder();
    private final Deque<Arrival> waiting = new ArrayDeque<>();

    /// One message as the sink received it.
    ///
    /// @param at when it was accepted, in epoch milliseconds
    /// @param channel EMAIL or SMS
    /// @param messageId the Message-ID
    /// @param to the address
    /// @param bytes its size on the wire, headers included; 0 for an SMS
    record Arrival(long at, String channel, String messageId, String to, int bytes) {}

    Arrivals(Path ledger) throws IOException {
        this.ledger = Files.newBufferedReader(ledger);
    }

    /// What came since the last call.
    List<Arrival> next() {
        var arrivals = new ArrayList<Arrival>();
        try {
            for (Arrival arrival = read(); arrival != null; arrival = read()) {
                arrivals.add(arrival);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arrivals;
    }

    /// Waits until that many more have come and returns them.
    List<Arrival> await(int count, Duration patience) {
        var arrivals = new ArrayList<Arrival>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (arrivals.size() < count) {
            arrivals.addAll(next());
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + arrivals.size() + " of " + count + " arrived");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return arrivals;
    }

    /// Waits for the next one to somebody of these.
    Arrival awaitOne(Set<String> addresses, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            waiting.addAll(next());
            for (Arrival arrival = waiting.poll(); arrival != null; arrival = waiting.poll()) {
                if (addresses.contains(arrival.to())) {
                    return arrival;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new IllegalStateException("nothing arrived for them");
    }

    /// Waits for that many to these and forgets them.
    void skip(Set<String> addresses, int count, Duration patience) {
        for (int i = 0; i < count; i++) {
            awaitOne(addresses, patience);
        }
    }

    /// Everything that came, once nothing has for a second.
    List<Arrival> settled() {
        var arrivals = new ArrayList<>(next());
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < TimeUnit.SECONDS.toNanos(1)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            var more = next();
            if (!more.isEmpty()) {
                arrivals.addAll(more);
                quietSince = System.nanoTime();
            }
        }
        return arrivals;
    }

    private @Nullable Arrival read() throws IOException {
        for (int next = ledger.read(); next >= 0; next = ledger.read()) {
            if (next != '\n') {
                partial.append((char) next);
                continue;
            }
            String[] fields = partial.toString().split("\t", -1);
            partial.setLength(0);
            return new Arrival(Long.parseLong(fields[0]), fields[1], fields[2], fields[3], Integer.parseInt(fields[4]));
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
