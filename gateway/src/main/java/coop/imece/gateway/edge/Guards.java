package coop.imece.gateway.edge;

import coop.imece.platform.web.ProblemException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;

/// Stands between the gateway and each service: a breaker that opens when the service does not answer in time, and a
/// limit to how many requests may wait for it, so that one slow service does not take the others along.
///
/// An answer is an answer, whatever its status: a service that says 503 is there. The deadline is the client's read
/// time-out; a call runs in the thread of its request.
@Component
public class Guards {

    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

    /// The service cannot be reached, or not in time.
    public static final class Away extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Upstream upstream;

        Away(Upstream upstream) {
            super(upstream.service() + " is away", null, false, false);
            this.upstream = upstream;
        }

        public Upstream upstream() {
            return upstream;
        }
    }

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;

    Guards(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    /// The result of the call, or [Away].
    public <T> T call(Upstream upstream, Supplier<T> call) throws Away {
        Bulkhead bulkhead = bulkheads.bulkhead(upstream.name());
        CircuitBreaker breaker = breakers.circuitBreaker(upstream.name());
        if (!bulkhead.tryAcquirePermission()) {
            throw new Away(upstream);
        }
        try {
            if (!breaker.tryAcquirePermission()) {
                throw new Away(upstream);
            }
            return counted(upstream, call, breaker);
        } finally {
            bulkhead.onComplete();
        }
    }

    private static <T> T counted(Upstream upstream, Supplier<T> call, CircuitBreaker breaker) throws Away {
        long start = System.nanoTime();
        try {
            T result = call.get();
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return result;
        } catch (ResourceAccessException e) {
            ProblemException refused = refused(e);
            if (refused != null) {
                breaker.releasePermission();
                throw refused;
            }
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            LOG.warn("{} did not answer: {}", upstream.service(), rootName(e));
            throw new Away(upstream);
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    /// The caller's own fault while its body was read, for example that it is too large.
    private static @Nullable ProblemException refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        return null;
    }

    private static String rootName(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getName();
    }
}
