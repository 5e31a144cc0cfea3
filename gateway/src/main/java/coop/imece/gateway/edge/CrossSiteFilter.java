package coop.imece.gateway.edge;

import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.VisitorFilter;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses what another site makes a browser send in its owner's name; decided without tokens, here alone.
///
/// An unsafe method passes with a bearer token, which no browser sends by itself; or if the browser says that the
/// request comes from our own pages (`Sec-Fetch-Site`, else `Origin`); or if it carries neither of these and no
/// cookie: then it is a program, such as the mail provider that presses "unsubscribe" (RFC 8058).
///
/// No other site may read an answer either: a preflight is refused, and no answer carries `Access-Control-*`.
@Component
@Order(CrossSiteFilter.ORDER)
final class CrossSiteFilter extends OncePerRequestFilter {

    static final int ORDER = VisitorFilter.ORDER + 100;

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final PublicAddress address;
    private final ProblemWriter problems;

    CrossSiteFilter(PublicAddress address, ProblemWriter problems) {
        this.address = address;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (preflight(request)) {
            problems.write(Problem.of(403, "cross-site"), request, response);
        } else if (SAFE.contains(request.getMethod())
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || ours(request)) {
            chain.doFilter(request, response);
        } else {
            problems.write(Problem.of(403, "cross-site"), request, response);
        }
    }

    private static boolean preflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod()) && request.getHeader("Access-Control-Request-Method") != null;
    }

    private boolean ours(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return sameOrigin(origin, request.getHeader(HttpHeaders.HOST));
        }
        return request.getHeader(HttpHeaders.COOKIE) == null;
    }

    /// The public address, or, on somebody's own machine, whichever name of the machine the browser was pointed to.
    private boolean sameOrigin(String origin, @Nullable String host) {
        if (origin.toLowerCase(Locale.ROOT).equals(address.of(""))) {
            return true;
        }
        return address.loopback() && host != null && host.equals(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
