package coop.imece.gateway.edge;

import coop.imece.gateway.session.PublicAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Tells browsers to run nothing but our own, to show us in no frame and to leak nothing. Every answer carries these
/// headers, whoever made it: those of the services are dropped on the way ([ResponseHeaders]).
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class SecurityHeadersFilter extends OncePerRequestFilter {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Map<String, String> headers = new LinkedHashMap<>();

    SecurityHeadersFilter(PublicAddress address) {
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Referrer-Policy", "same-origin");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("X-Permitted-Cross-Domain-Policies", "none");
        headers.put(
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()");
        if (address.secure() && !address.loopback()) {
            headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    /// The names of all of them.
    static Set<String> names() {
        return Set.of(
                "Content-Security-Policy",
                "Referrer-Policy",
                "X-Content-Type-Options",
                "X-Frame-Options",
                "X-XSS-Protection",
                "Cross-Origin-Opener-Policy",
                "Cross-Origin-Resource-Policy",
                "X-Permitted-Cross-Domain-Policies",
                "Permissions-Policy",
                "Strict-Transport-Security");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers.forEach(response::setHeader);
        chain.doFilter(request, new Kept(response));
    }

    /// Whoever resets the answer to say something else keeps the headers.
    private final class Kept extends HttpServletResponseWrapper {

        Kept(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void reset() {
            super.reset();
            headers.forEach(this::setHeader);
        }
    }
}
