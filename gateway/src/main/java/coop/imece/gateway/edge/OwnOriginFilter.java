package coop.imece.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Begins every trace here: what a caller claims to be part of would be carried into our logs and messages.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 8)
final class OwnOriginFilter extends OncePerRequestFilter {

    private static final Set<String> CLAIMS = Set.of("imece-correlation-id", "traceparent", "tracestate");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new WithoutClaims(request), response);
    }

    private static final class WithoutClaims extends HttpServletRequestWrapper {

        WithoutClaims(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return claim(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return claim(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !claim(name))
                    .toList());
        }

        private static boolean claim(String name) {
            return CLAIMS.contains(name.toLowerCase(Locale.ROOT));
        }
    }
}
