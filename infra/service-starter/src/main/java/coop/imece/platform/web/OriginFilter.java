package coop.imece.platform.web;

import coop.imece.platform.aggregate.CurrentOrigin;
import coop.imece.platform.aggregate.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// Binds trace and correlation of a request, so that its messages and log lines carry them.
final class OriginFilter extends OncePerRequestFilter {

    static final String CORRELATION = "Imece-Correlation-Id";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String correlation = acceptable(request.getHeader(CORRELATION));
        try (var _ = CurrentOrigin.bind(request.getHeader("traceparent"), correlation, null)) {
            chain.doFilter(request, response);
        }
    }

    private static String acceptable(@Nullable String correlation) {
        return correlation != null && correlation.matches("[0-9A-Za-z-]{8,64}")
                ? correlation
                : Ids.v7().toString();
    }
}
