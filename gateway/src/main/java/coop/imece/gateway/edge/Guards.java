package coop.imece.gateway.edge;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;

/// Stands between the gateway and each service: a breaker that opens when the service does not answer in time, and a
/// limit to how many requests may wait for it, so that one slow service does not take the others along. Of these only a
/// few may be expensive ones, so that estimates and searches leave room for reading.
///
/// A request's body has come in completely before it is counted here, and an answer of usual size has been taken over
/// completely when it is no longer: a slow reader or sender holds nothing of a service.
///
/// An answer is an answer, whatever its status: a service that says 503 is there. The deadline is the client's read
/// time-out; a call runs in the thread of its request.
@Component
public class Guards {

    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

    /// The service cannot be reached, or not in time, or has its hands full.
    public static final class Away extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Upstream upstream;
        private final boolean busy;

        Away(Upstream upstream, boolean busy) {
            super(upstream.service() + (busy ? " is busy" : " is away"), null, false, false);
            this.upstream = upstream;
            this.busy = busy;
        }

        /// Whether it is there, but not for more requests than now wait for it.
        boolean busy() {
            return busy;
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
        return within(bulkheads.bulkhead(upstream.name()), upstream, () -> unlessOpen(upstream, call));
    }

    /// The same for a call that makes much work.
    <T> T callExpensive(Upstream upstream, Supplier<T> call) throws Away {
        Bulkhead few = bulkheads.bulkhead(upstream.name() + "-expensive", "expensive");
        return within(few, upstream, () -> call(upstream, call));
    }

    private interface Guarded<T> {
        T call() throws Away;
    }

    private static <T> T within(Bulkhead bulkhead, Upstream upstream, Guarded<T> call) throws Away {
        if (!bulkhead.tryAcquirePermission()) {
            throw new Away(upstream, true);
        }
        try {
            return call.call();
        } finally {
            bulkhead.onComplete();
        }
    }

    private <T> T unlessOpen(Upstream upstream, Supplier<T> call) throws Away {
        CircuitBreaker breaker = breakers.circuitBreaker(upstream.name());
        if (!breaker.tryAcquirePermission()) {
            throw new Away(upstream, false);
        }
        return counted(upstream, call, breaker);
    }

    private static <T> T counted(Upstream upstream, Supplier<T> call, CircuitBreaker breaker) throws Away {
        long start = System.nanoTime();
        try {
            T result = call.get();
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return result;
        } catch (ResourceAccessException e) {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            LOG.warn("{} did not answer: {}", upstream.service(), rootName(e));
            throw new Away(upstream, false);
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private static String rootName(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getName();
    }
}
