package coop.imece.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The baseline of the fan-out: a command–response client (MAIL, RCPT, DATA, body, RSET, each awaited) that writes
/// ready bytes over a few connections and remembers nothing. It is the wire pattern of the fastest mailing-list
/// server we know.
final class BareSmtpClient {

    private final int port;
    private final int connections;
    private final byte[] body;

    BareSmtpClient(int port, int connections, byte[] body) {
        this.port = port;
        this.connections = connections;
        this.body = body.clone();
    }

    /// Sends that many mails; the seconds it took.
    double send(int mails) throws InterruptedException, ExecutionException {
        var left = new AtomicInteger(mails);
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var all = IntStream.range(0, connections)
                    .mapToObj(_ -> threads.submit(() -> {
                        connection(left);
                        return true;
                    }))
                    .toList();
            for (Future<Boolean> one : all) {
                one.get();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void connection(AtomicInteger left) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            reply(in);
            command(in, out, "EHLO bench.example");
            int number = left.decrementAndGet();
            while (number >= 0) {
                command(in, out, "MAIL FROM:<bare@bench.example>");
                command(in, out, "RCPT TO:<r" + number + "@bench.example>");
                command(in, out, "DATA");
                out.write(body);
                command(in, out, "\r\n.");
                command(in, out, "RSET");
                number = left.decrementAndGet();
            }
            command(in, out, "QUIT");
        }
    }

    private static void command(InputStream in, OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        reply(in);
    }

    private static void reply(InputStream in) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the sink closed the connection");
            }
            if (next != '\n') {
                line.append((char) next);
            } else if (line.length() > 3 && line.charAt(3) == '-') {
                line.setLength(0);
            } else if (line.charAt(0) == '2' || line.charAt(0) == '3') {
                return;
            } else {
                throw new IOException("the sink answered " + line);
            }
        }
    }
}
