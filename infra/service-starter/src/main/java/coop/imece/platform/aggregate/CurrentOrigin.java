package coop.imece.platform.aggregate;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The origin bound to the current thread by the HTTP filter or by the inbox; also shown in each log line.
public final class CurrentOrigin implements MessageOrigin {

    private static final ThreadLocal<@Nullable Origin> CURRENT = new ThreadLocal<>();

    private static final class Origin {

        private final String trace;
        private final String flags;
        private final @Nullable String correlationId;
        private final @Nullable String causationId;
        private @Nullable String traceparent;

        /// @param given the trace context that came with the request or the message
        Origin(@Nullable String given, @Nullable String correlationId, @Nullable String causationId) {
            if (given != null && isTraceparent(given)) {
                this.trace = given.substring(0, 36);
                this.flags = given.substring(52);
            } else {
                this.trace = "00-" + randomId() + randomId() + "-";
                this.flags = "-01";
            }
            this.correlationId = correlationId;
            this.causationId = causationId;
        }

        /// Made when somebody asks: most messages are read by handlers that send none.
        String traceparent() {
            if (traceparent == null) {
                traceparent = trace + randomId() + flags;
            }
            return traceparent;
        }

        String traceId() {
            return trace.substring(3, 35);
        }
    }

    /// Binds an origin until the scope is closed. A missing or malformed trace context is replaced by a new one; a
    /// given one is continued with a new parent id.
    public static Scope bind(
            @Nullable String traceparent, @Nullable String correlationId, @Nullable String causationId) {
        Origin before = CURRENT.get();
        show(new Origin(traceparent, correlationId, causationId));
        return () -> show(before);
    }

    private static void show(@Nullable Origin origin) {
        if (origin == null) {
            CURRENT.remove();
            MDC.remove("traceId");
            MDC.remove("correlationId");
            return;
        }
        CURRENT.set(origin);
        MDC.put("traceId", origin.traceId());
        if (origin.correlationId == null) {
            MDC.remove("correlationId");
        } else {
            MDC.put("correlationId", origin.correlationId);
        }
    }

    /// Ends a binding.
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public @Nullable String traceparent() {
        Origin origin = CURRENT.get();
        return origin == null ? null : origin.traceparent();
    }

    @Override
    public @Nullable String correlationId() {
        Origin origin = CURRENT.get();
        return origin == null ? null : origin.correlationId;
    }

    @Override
    public @Nullable String causationId() {
        Origin origin = CURRENT.get();
        return origin == null ? null : origin.causationId;
    }

    /// `00-`, trace, parent, flags (W3C Trace Context); looked at for each message, so without a regular expression.
    private static boolean isTraceparent(String text) {
        return text.length() == 55
                && text.startsWith("00-")
                && isHex(text, 3, 35)
                && text.charAt(35) == '-'
                && isHex(text, 36, 52)
                && text.charAt(52) == '-'
                && isHex(text, 53, 55);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Sixteen hexadecimal digits, not all of them zero.
    private static String randomId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }
}
