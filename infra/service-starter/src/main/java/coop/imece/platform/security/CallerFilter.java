package coop.imece.platform.security;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who is calling. No token: anyone. A token that cannot be trusted: 401, whatever was asked for.
final class CallerFilter extends OncePerRequestFilter {

    private final InternalTokens tokens;
    private final ProblemWriter problems;

    CallerFilter(InternalTokens tokens, ProblemWriter problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Optional<Caller> caller = Optional.of(Caller.ANYONE);
        if (header != null) {
            try {
                caller = header.startsWith("Bearer ")
                        ? tokens.verify(header.substring("Bearer ".length()).strip())
                        : Optional.empty();
            } catch (GatewayKeys.Unreachable e) {
                problems.write(Problem.tryLater(), request, response);
                return;
            }
        }
        if (caller.isEmpty()) {
            problems.write(
                    Problem.of(401, "token-refused").with(HttpHeaders.WWW_AUTHENTICATE, "Bearer"), request, response);
            return;
        }
        CurrentCaller.set(request, caller.get());
        if (caller.get().account() != null) {
            MDC.put("account", String.valueOf(caller.get().account()));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("account");
        }
    }
}
