package coop.imece.launcher.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mail server that delivers everything into the [Inbox]: one thread, pipelining (RFC 2920), fast enough to measure
/// senders against.
///
/// Its faults are asked for by the recipient: a local part beginning with `bounce` is refused for good (550), `later`
/// for now (451), `slow` is answered after 5 s.
public final class EmailSink implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmailSink.class);

    private final Inbox inbox;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(1 << 16);
    private final List<SelectionKey> waiting = new ArrayList<>();
    private final Thread thread;

    private EmailSink(Inbox inbox, ServerSocketChannel listener, Selector selector) {
        this.inbox = inbox;
        this.listener = listener;
        this.selector = selector;
        this.thread = Thread.ofPlatform().name("email-sink").daemon().unstarted(this::run);
    }

    /// @param port 0 for any free one
    public static EmailSink start(Inbox inbox, int port) {
        try {
            var listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
            listener.configureBlocking(false);
            var selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            var sink = new EmailSink(inbox, listener, selector);
            sink.thread.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException("the e-mail sink cannot listen on port " + port, e);
        }
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve, waiting.isEmpty() ? 0 : 20);
                resume();
            }
        } catch (ClosedSelectorException _) {
            log.debug("closed");
        } catch (IOException e) {
            log.error("the e-mail sink ends", e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.channel() == listener) {
            accept();
            return;
        }
        try {
            if (key.isWritable()) {
                write(key);
            }
            if (key.isValid() && key.isReadable()) {
                read(key);
            }
        } catch (IOException e) {
            log.debug("a sender hung up: {}", e.getMessage());
            hangUp(key);
        }
    }

    /// Whatever fails, the listener stays open for the next one.
    private void accept() {
        try {
            acceptAll();
        } catch (IOException e) {
            log.debug("a connection was not accepted: {}", e.getMessage());
        }
    }

    private void acceptAll() throws IOException {
        for (var channel = listener.accept(); channel != null; channel = listener.accept()) {
            try {
                greet(channel);
            } catch (IOException e) {
                log.debug("a sender hung up at once: {}", e.getMessage());
                channel.close();
            }
        }
    }

    private void greet(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var session = new SmtpSession(inbox::receiveMail);
        write(channel.register(selector, SelectionKey.OP_READ, session));
    }

    private void read(SelectionKey key) throws IOException {
        var session = session(key);
        incoming.clear();
        if (((SocketChannel) key.channel()).read(incoming) < 0) {
            hangUp(key);
            return;
        }
        session.receive(incoming.flip());
        answer(key);
    }

    private void answer(SelectionKey key) throws IOException {
        var session = session(key);
        session.proceed(System.nanoTime());
        write(key);
        if (key.isValid() && session.isWaiting() && !waiting.contains(key)) {
            waiting.add(key);
        }
    }

    private void resume() {
        for (var key : List.copyOf(waiting)) {
            if (!key.isValid()) {
                waiting.remove(key);
            } else if (session(key).isWaiting() && session(key).mayProceed(System.nanoTime())) {
                waiting.remove(key);
                try {
                    answer(key);
                } catch (IOException e) {
                    log.debug("a sender hung up: {}", e.getMessage());
                    hangUp(key);
                }
            }
        }
    }

    private void write(SelectionKey key) throws IOException {
        var session = session(key);
        var outgoing = session.outgoing();
        if (outgoing.hasRemaining()) {
            ((SocketChannel) key.channel()).write(outgoing);
        }
        if (outgoing.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
        } else if (session.isOver()) {
            hangUp(key);
        } else {
            key.interestOps(session.isWaiting() ? 0 : SelectionKey.OP_READ);
        }
    }

    private static SmtpSession session(SelectionKey key) {
        return Objects.requireNonNull((SmtpSession) key.attachment());
    }

    private static void hangUp(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            log.debug("not closed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            for (var key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
            selector.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
