package coop.imece.gateway.edge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// HTTP with patience for slow lines, but not without end. Tomcat's own time-outs count from byte to byte: who sends
/// one byte a second, or takes one, is never late. Here a request line with its headers has to come, and a request
/// has to be over, within a fixed time; else the connection is cut, looked at once a second.
///
/// Bodies have a deadline of their own ([BodyFilter]), so that their senders can be told.
public final class PatientProtocol extends Http11NioProtocol {

    private final Map<SocketWrapperBase<NioChannel>, Long> working = new ConcurrentHashMap<>();
    private long headersNanos = Duration.ofSeconds(10).toNanos();
    private long wholeNanos = Duration.ofSeconds(60).toNanos();
    private @Nullable ScheduledFuture<?> rounds;

    public PatientProtocol() {
        AbstractEndpoint<NioChannel, ?> endpoint = getEndpoint();
        endpoint.setHandler(new Watched(endpoint.getHandler()));
    }

    /// @param headers from the first byte of a request to the end of its headers
    /// @param whole from then to the end of the answer
    void patience(Duration headers, Duration whole) {
        headersNanos = headers.toNanos();
        wholeNanos = whole.toNanos();
    }

    @Override
    public void start() throws Exception {
        super.start();
        rounds = getUtilityExecutor().scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (rounds != null) {
            rounds.cancel(false);
        }
        super.stop();
    }

    private void round() {
        long now = System.nanoTime();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            Long begun = working.get(connection);
            if (begun != null ? now - begun > wholeNanos : waitsForHeaders(connection, now)) {
                connection.close();
            }
        }
    }

    /// Between two bytes of its headers a request has a processor, but nobody works on it.
    private boolean waitsForHeaders(SocketWrapperBase<NioChannel> connection, long now) {
        if (!(connection.getCurrentProcessor() instanceof Processor processor) || processor.getRequest() == null) {
            return false;
        }
        long begun = processor.getRequest().getStartTimeNanos();
        return begun >= 0 && now - begun > headersNanos;
    }

    /// Notes what is being worked on.
    private final class Watched implements AbstractEndpoint.Handler<NioChannel> {

        private final AbstractEndpoint.Handler<NioChannel> handler;

        Watched(AbstractEndpoint.Handler<NioChannel> handler) {
            this.handler = handler;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            working.put(socket, System.nanoTime());
            try {
                return handler.process(socket, event);
            } finally {
                working.remove(socket);
            }
        }

        @Override
        public Object getGlobal() {
            return handler.getGlobal();
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            handler.release(socket);
        }

        @Override
        public void pause() {
            handler.pause();
        }

        @Override
        public void recycle() {
            handler.recycle();
        }
    }
}
