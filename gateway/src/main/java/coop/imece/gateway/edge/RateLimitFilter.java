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

/// Answers 429 with Retry-After to whoever asks for more than [RateLimits] allow. Assets and probes are free.
@Component
@Order(RateLimitFilter.ORDER)
final class RateLimitFilter extends OncePerRequestFilter {

    static final int ORDER = CrossSiteFilter.ORDER + 100;

    private final RateLimits limits;
    private final ProblemWriter problems;

    RateLimitFilter(RateLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> pause = limits.pause(kind(request), Visitor.of(request), request.getRemoteAddr());
        if (pause.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                Problem.of(429, "too-many-requests")
                        .with("Retry-After", Long.toString(pause.get().toSeconds() + 1)),
                request,
                response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/assets/") || path.startsWith("/actuator/") || path.startsWith("/internal/");
    }

    private static RateLimits.Kind kind(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> RateLimits.Kind.READ;
            default ->
                Upstreams.firstSegment(request.getRequestURI()).equals("sign-in")
                        ? RateLimits.Kind.SIGN_IN
                        : RateLimits.Kind.WRITE;
        };
    }
}
