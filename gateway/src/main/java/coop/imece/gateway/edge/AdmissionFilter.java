package coop.imece.gateway.edge;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemWriter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Works on so many requests at a time and answers 503 at once to the rest: a queue would only make everybody wait for
/// answers nobody waits for any more. Larger than what all services together may be asked at a time ([Guards]), so that
/// slow services cannot fill it. Assets and probes are always answered.
@Component
@Order(AdmissionFilter.ORDER)
final class AdmissionFilter extends OncePerRequestFilter {

    static final int ORDER = BodyFilter.ORDER + 100;

    private final Bulkhead all;
    private final WorkTable works;
    private final ProblemWriter problems;

    AdmissionFilter(BulkheadRegistry bulkheads, WorkTable works, ProblemWriter problems) {
        this.all = bulkheads.bulkhead("all", "all");
        this.works = works;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!all.tryAcquirePermission()) {
            problems.write(Problem.of(503, "busy-now").with("Retry-After", "1"), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            all.onComplete();
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimitFilter.inside(request) || works.of(request) == Work.ASSET;
    }
}
