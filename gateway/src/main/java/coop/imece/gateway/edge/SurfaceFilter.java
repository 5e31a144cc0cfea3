package coop.imece.gateway.edge;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps the two connectors apart: nothing of the house's inside is reachable at the public one, nothing else at the
/// internal one; and a path means the same to us as to the service it is handed to.
@Component
@Order(SurfaceFilter.ORDER)
final class SurfaceFilter extends OncePerRequestFilter {

    static final int ORDER = -2000;

    private static final Set<String> PROBES = Set.of("/actuator/health/readiness", "/actuator/health/liveness");

    /// Letters, digits and marks nobody has to encode, slashes, backslashes and control characters in disguise: whoever
    /// tells a path by what stands there would take it for another one than whoever decodes it. Path parameters and
    /// empty segments likewise.
    private static final Pattern ODD = Pattern.compile(
            "(?i).*(%2[def]|%3[0-9]|%[46][1-9a-f]|%[57][0-9a]|%5[cf]|%7e|%00|%0a|%0d|\\\\|;|//|/\\.{1,2}(/|$)).*",
            Pattern.DOTALL);

    /// Path and query; filters and cursors need a tenth of it.
    private static final int LONGEST_ADDRESS = 4096;

    private final InternalConnector internal;

    SurfaceFilter(InternalConnector internal) {
        this.internal = internal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        if (path.length() + (query == null ? 0 : query.length()) > LONGEST_ADDRESS) {
            throw new ProblemException(Problem.of(414, "address-too-long"));
        }
        if (ODD.matcher(path).matches()) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
        boolean inside = path.startsWith("/internal") || path.startsWith("/actuator");
        boolean allowed = internal.received(request) ? inside : !inside || PROBES.contains(path);
        if (!allowed) {
            throw new ProblemException(Problem.notFound());
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return true;
    }
}
