package coop.imece.gateway.edge;

import coop.imece.gateway.session.VisitorFilter;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Holds a whole network to its ceiling before anything is looked up for it; otherwise made-up tokens and cookies would
/// be free questions to the store.
@Component
@Order(CeilingFilter.ORDER)
final class CeilingFilter extends OncePerRequestFilter {

    static final int ORDER = VisitorFilter.ORDER - 100;

    private final RateLimits limits;
    private final WorkTable works;
    private final ProblemWriter problems;

    CeilingFilter(RateLimits limits, WorkTable works, ProblemWriter problems) {
        this.limits = limits;
        this.works = works;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String from = request.getRemoteAddr();
        Optional<Duration> pause = limits.pauseOfNetwork(works.of(request), from);
        if (pause.isPresent()) {
            problems.write(RateLimitFilter.tooMany(pause.get()), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ProblemException e) {
            if (e.problem().status() == 401) {
                limits.tokenRefused(from);
            }
            throw e;
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimitFilter.inside(request);
    }
}
