package coop.imece.notification.channel.email;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A relay on a real socket that misbehaves on request: the recipient's local part says how.
///
/// `bounce` 550 to RCPT, `later` 451 to RCPT, `late` 550 to RCPT but 354 to DATA, `full` 452 after the dot, `vanish`
/// takes the mail and closes without an answer (once for each address), `gone` does so too and is then `shut`,
/// `hangup` closes when it sees RCPT (once), `closing` 421 after the dot.
public final class ScriptedRelay implements AutoCloseable {

    /// One mail as it was received: dots unstuffed.
    public record Received(String to, String text, int connection) {}

    public final List<Received> received = new CopyOnWriteArrayList<>();
    public final List<String> commands = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    /// Whose mails it has and does not yet answer: `hold`, one answer for each permit.
    public final Set<String> holding = ConcurrentHashMap.newKeySet();

    public final Semaphore hold = new Semaphore(0);
    /// What it answers to certain recipients.
    public final Map<String, String> refusals = new ConcurrentHashMap<>();
    /// While true, connections end at the sight of a recipient whose address begins with `shut`.
    public volatile boolean shut = true;

    private final ServerSocket server;
    private final String offers;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /// @param offers what the EHLO reply offers, for example `PIPELINING 8BITMIME`
    public ScriptedRelay(String offers) {
        try {
            this.offers = offers;
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            say(out, "220 relay");
            String to = "";
            boolean refused = false;
            boolean mail = false;
            while (true) {
                String line = line(in);
                String command = line.toUpperCase(Locale.ROOT);
                commands.add(line);
                if (command.startsWith("EHLO")) {
                    for (String offer : offers.split(" ")) {
                        out.write(
                                offer.isEmpty()
                                        ? new byte[0]
                                        : ("250-" + offer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                    say(out, "250 SIZE 1000000");
                } else if (command.startsWith("MAIL")) {
                    say(out, mail ? "503 nested MAIL" : "250 sender ok");
                    mail = true;
                } else if (command.startsWith("RCPT")) {
                    to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    refused = to.startsWith("bounce")
                            || to.startsWith("later")
                            || to.startsWith("late@")
                            || refusals.containsKey(to);
                    if (to.startsWith("hangup") && seen.add(to)
                            || to.startsWith("shut") && shut
                            || to.startsWith("gone") && seen.contains(to) && shut) {
                        return;
                    }
                    String refusal = to.startsWith("later") ? "451 come back" : "550 no such user";
                    say(out, refused ? refusals.getOrDefault(to, refusal) : "250 ok");
                } else if (command.startsWith("DATA")) {
                    if (refused && !to.startsWith("late@")) {
                        say(out, "503 no recipients");
                        continue;
                    }
                    say(out, "354 go on");
                    var text = new StringBuilder();
                    String bodyLine;
                    while (!(bodyLine = line(in)).equals(".")) {
                        text.append(bodyLine.startsWith(".") ? bodyLine.substring(1) : bodyLine)
                                .append("\r\n");
                    }
                    mail = false;
                    if (refused) {
                        say(out, "554 no recipients");
                        continue;
                    }
                    if (to.startsWith("full")) {
                        say(out, "452 full");
                        continue;
                    }
                    if (to.startsWith("hold")) {
                        holding.add(to);
                        hold.acquireUninterruptibly();
                    }
                    received.add(new Received(to, text.toString(), number));
                    if ((to.startsWith("vanish") || to.startsWith("gone")) && seen.add(to)) {
                        return;
                    }
                    if (to.startsWith("closing")) {
                        say(out, "421 closing");
                        return;
                    }
                    say(out, "250 2.0.0 queued as " + received.size());
                } else if (command.startsWith("RSET")) {
                    mail = false;
                    say(out, "250 reset");
                } else if (command.startsWith("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "500 what");
                }
            }
        } catch (SocketException e) {
            commands.add("gone");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                throw new SocketException("closed");
            }
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
