package coop.imece.gateway.edge;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes a request's body in before anything is done with it, up to a size and within a time ([BodyLimits]). While it
/// trickles in, the sender holds a connection and a part of its network's share ([NetworkShares]), but no place with a
/// service and, unless it is a form to the gateway itself, none in the gateway's own work. Who is too slow is answered
/// 408 and cut off.
@Component
@Order(BodyFilter.ORDER)
final class BodyFilter extends OncePerRequestFilter {

    static final int ORDER = RateLimitFilter.ORDER + 100;

    /// The attribute that holds the body of a request.
    static final String BODY = BodyFilter.class.getName() + ".body";

    private final BodyLimits limits;
    private final Buffers buffers;
    private final NetworkShares shares;
    private final WorkTable works;
    private final Upstreams upstreams;
    private final ProblemWriter problems;

    BodyFilter(
            BodyLimits limits,
            Buffers buffers,
            NetworkShares shares,
            WorkTable works,
            Upstreams upstreams,
            ProblemWriter problems) {
        this.limits = limits;
        this.buffers = buffers;
        this.shares = shares;
        this.works = works;
        this.upstreams = upstreams;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        NetworkShares.Place place = shares.place(request.getRemoteAddr());
        if (place == null) {
            Problem refused = RateLimitFilter.tooMany(Duration.ZERO).with(HttpHeaders.CONNECTION, "close");
            problems.write(refused, request, response);
            return;
        }
        try (place;
                Buffers.Room room = buffers.room(place)) {
            room.bind(request);
            if (readByOthers(request)) {
                chain.doFilter(request, response);
                return;
            }
            var received = new ByteArrayOutputStream();
            Problem refused = refused(request, most(request), received, room);
            if (refused == null) {
                byte[] body = received.toByteArray();
                request.setAttribute(BODY, body);
                chain.doFilter(new Received(request, body), response);
            } else {
                problems.write(refused.with(HttpHeaders.CONNECTION, "close"), request, response);
            }
        }
    }

    private @Nullable Problem refused(
            HttpServletRequest request, long most, ByteArrayOutputStream body, Buffers.Room room) throws IOException {
        if (request.getContentLengthLong() > most) {
            return Problem.of(413, "too-large");
        }
        long start = System.nanoTime();
        byte[] block = new byte[Buffers.BLOCK];
        InputStream in = request.getInputStream();
        try {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                body.write(block, 0, read);
                if (body.size() > most) {
                    return Problem.of(413, "too-large");
                }
                if (!room.add(read)) {
                    return Problem.of(503, "busy-now").with("Retry-After", "2");
                }
                if (System.nanoTime() - start > limits.within(body.size()).toNanos()) {
                    return Problem.of(408, "too-slow");
                }
            }
            return null;
        } catch (SocketTimeoutException _) {
            return Problem.of(408, "too-slow");
        }
    }

    private long most(HttpServletRequest request) {
        if (works.of(request) == Work.SIGN_IN) {
            return limits.signIn().toBytes();
        }
        return upstreams.of(request.getRequestURI()).isPresent()
                ? limits.handedOn().toBytes()
                : limits.own().toBytes();
    }

    /// There is none, or it is a form to the gateway itself, whose fields Tomcat reads, with a limit of its own
    /// (`application.yml`).
    private boolean readByOthers(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            return true;
        }
        String type = request.getContentType();
        return type != null
                && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                && upstreams.of(request.getRequestURI()).isEmpty();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimitFilter.inside(request);
    }

    /// A request whose body is here.
    private static final class Received extends HttpServletRequestWrapper {

        private final byte[] body;

        Received(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is here already");
        }
    }
}
