package coop.imece.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Drives one address on this machine over kept connections, with as little work of its own as it can.
final class HttpLoad {

    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP_ROUND = Duration.ofSeconds(5);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(4);

    private final int port;
    private final int connections;
    private final String path;
    private final String headers;

    /// @param headers each ended by CR LF
    HttpLoad(int port, String path, String headers) {
        this(port, CONNECTIONS, path, headers);
    }

    /// @param connections how many requests may be under way at a time
    /// @param headers each ended by CR LF
    HttpLoad(int port, int connections, String path, String headers) {
        this.port = port;
        this.connections = connections;
        this.path = path;
        this.headers = headers;
    }

    String path() {
        return path;
    }

    /// Asks so many times, and a little more, so that the other side's compiler has seen enough; at most four minutes.
    void warm(int requests) throws Exception {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        double done = 0;
        while (done < requests && System.nanoTime() < end) {
            done += rate(WARM_UP_ROUND) * WARM_UP_ROUND.toSeconds();
        }
    }

    /// Requests a second, each connection sending the next as soon as it has the last answer.
    double rate(Duration span) throws Exception {
        long end = System.nanoTime() + span.toNanos();
        long start = System.nanoTime();
        long count = 0;
        for (long one : onAll(_ -> () -> {
            long done = 0;
            try (var connection = new Connection()) {
                while (System.nanoTime() < end) {
                    expect(200, connection.ask(path, headers));
                    done++;
                }
            }
            return done;
        })) {
            count += one;
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    /// Milliseconds from when each request should have been sent to the end of its answer, at a given rate.
    List<Double> latencies(double perSecond, Duration span) throws Exception {
        double nanosBetween = 1e9 * connections / perSecond;
        long start = System.nanoTime();
        List<Double> all = new ArrayList<>();
        for (List<Double> some : onAll(number -> () -> {
            List<Double> own = new ArrayList<>();
            try (var connection = new Connection()) {
                double due = start + nanosBetween * number / connections;
                for (; due - start < span.toNanos(); due += nanosBetween) {
                    long wait = (long) due - System.nanoTime();
                    if (wait > 0) {
                        LockSupport.parkNanos(wait);
                    }
                    expect(200, connection.ask(path, headers));
                    own.add((System.nanoTime() - due) / 1e6);
                }
            }
            return own;
        })) {
            all.addAll(some);
        }
        return all;
    }

    /// The statuses of as many requests as fit into a span, each with headers of its own.
    List<Integer> statuses(Duration span, Supplier<String> with) throws Exception {
        long end = System.nanoTime() + span.toNanos();
        List<Integer> all = new ArrayList<>();
        for (List<Integer> some : onAll(_ -> () -> {
            List<Integer> own = new ArrayList<>();
            try (var connection = new Connection()) {
                while (System.nanoTime() < end) {
                    own.add(connection.ask(path, with.get()));
                }
            }
            return own;
        })) {
            all.addAll(some);
        }
        return all;
    }

    /// How a connection is used, by its number.
    private interface Use<T> {
        Callable<T> of(int number);
    }

    private <T> List<T> onAll(Use<T> use) throws Exception {
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Future<T>> running = new ArrayList<>();
            for (int number = 0; number < connections; number++) {
                running.add(threads.submit(use.of(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static void expect(int wanted, int status) {
        if (status != wanted) {
            throw new IllegalStateException("answered " + status);
        }
    }

    /// One connection, opened again when the other side has had enough of it.
    final class Connection implements AutoCloseable {

        private final byte[] block = new byte[64 * 1024];
        private @Nullable Socket socket;
        private InputStream in = InputStream.nullInputStream();
        private boolean last;

        /// Asks and reads all of the answer; its status.
        int ask(String wanted, String with) throws IOException {
            Socket open = open();
            open.getOutputStream()
                    .write(("GET " + wanted + " HTTP/1.1\r\nHost: localhost\r\n" + with + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = line();
            int length = 0;
            boolean chunked = false;
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = true;
                } else if (lower.equals("connection: close")) {
                    last = true;
                }
            }
            if (chunked) {
                for (int size = chunk(); size > 0; size = chunk()) {
                    skip(size + 2);
                }
                line();
            } else {
                skip(length);
            }
            return Integer.parseInt(status.substring(9, 12));
        }

        private Socket open() throws IOException {
            if (socket == null || last) {
                close();
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
                in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
                last = false;
            }
            return socket;
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line().strip(), 16);
        }

        private void skip(int bytes) throws IOException {
            for (int left = bytes; left > 0; ) {
                int read = in.read(block, 0, Math.min(left, block.length));
                if (read < 0) {
                    throw new EOFException();
                }
                left -= read;
            }
        }

        private String line() throws IOException {
            int length = 0;
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                block[length++] = (byte) next;
            }
            return new String(Arrays.copyOf(block, Math.max(0, length - 1)), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
