package coop.imece.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A mail relay between the services and the sink. Faithful, it hands each byte on. Broken, it does what no part of
/// ours may do: it acknowledges a mail before it has done anything with it, and then it is gone. The kill test's
/// checker must see that.
final class EarlyRelay implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int sink;
    private volatile boolean broken;

    EarlyRelay() {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Where the mails belong.
    void handOnTo(int sinkPort) {
        sink = sinkPort;
    }

    /// From now on it acknowledges and forgets.
    void breakDown() {
        broken = true;
        open.forEach(EarlyRelay::hangUp);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (broken) {
                forget(client);
            } else {
                handOn(client);
            }
        } catch (IOException _) {
            // Connections end with kills; that is what the test is about.
        } finally {
            open.remove(client);
        }
    }

    private void handOn(Socket client) throws IOException {
        try (var behind = new Socket(InetAddress.getLoopbackAddress(), sink)) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> {
                try {
                    behind.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException _) {
                    hangUp(client);
                }
            });
            client.getInputStream().transferTo(behind.getOutputStream());
        }
    }

    private static void forget(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        answer(client, "220 relay.example");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data) {
                if (line.equals(".")) {
                    data = false;
                    answer(client, "250 taken");
                }
            } else if (line.equalsIgnoreCase("DATA")) {
                data = true;
                answer(client, "354 go on");
            } else {
                answer(client, "250 relay.example");
            }
        }
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(EarlyRelay::hangUp);
    }
}
