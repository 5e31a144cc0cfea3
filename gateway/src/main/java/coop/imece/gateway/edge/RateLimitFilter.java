package coop.imece.gateway.edge;

import coop.imece.gateway.session.Visitor;
import coop.imece.platform.web.Problem;
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

/// Answers 429 with Retry-After to whoever asks for more than [RateLimits] allow. Probes are free.
@Component
@Order(RateLimitFilter.ORDER)
final class RateLimitFilter extends OncePerRequestFilter {

    static final int ORDER = CrossSiteFilter.ORDER + 100;

    private final RateLimits limits;
    private final WorkTable works;
    private final ProblemWriter problems;

    RateLimitFilter(RateLimits limits, WorkTable works, ProblemWriter problems) {
        this.limits = limits;
        this.works = works;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> pause = limits.pause(works.of(request), Visitor.of(request), request.getRemoteAddr());
        if (pause.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            problems.write(tooMany(pause.get()), request, response);
        }
    }

    static Problem tooMany(Duration pause) {
        return Problem.of(429, "too-many-requests").with("Retry-After", Long.toString(pause.toSeconds() + 1));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return inside(request);
    }

    /// Probes, and what only the house can reach.
    static boolean inside(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/actuator/") || path.startsWith("/internal/");
    }
}
