package coop.imece.gateway.session;

import coop.imece.platform.security.CurrentCaller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds the visitor of a request: by bearer token, else by cookie, else anyone.
///
/// A bearer token that names no running session is refused, whatever was asked for; the cookie of an ended session is
/// ignored. With a bearer token the cookie counts for nothing. Tokens of people are opaque, access tokens of programs
/// have the dots of a JWT. Where programs get these tokens, they say who they are to the authorization server.
@Component
@Order(VisitorFilter.ORDER)
public final class VisitorFilter extends OncePerRequestFilter {

    /// After the filters that name the request and guard the surface, before all that ask who it is.
    public static final int ORDER = -1000;

    /// Where programs get their access tokens.
    public static final String TOKEN_ENDPOINT = "/oauth2/token";

    private static final String BEARER = "Bearer ";

    private final Visitors visitors;
    private final Programs programs;
    private final SessionCookie cookie;

    VisitorFilter(Visitors visitors, Programs programs, SessionCookie cookie) {
        this.visitors = visitors;
        this.programs = programs;
        this.cookie = cookie;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Visitor visitor = visitor(request)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(401, "token-refused").with(HttpHeaders.WWW_AUTHENTICATE, "Bearer")));
        visitor.bind(request);
        CurrentCaller.set(request, visitor.caller());
        if (visitor.signedIn()) {
            MDC.put("account", String.valueOf(visitor.account()));
        }
        try {
            chain.doFilter(new WithPrincipal(request, visitor.principal()), response);
        } finally {
            MDC.remove("account");
        }
    }

    private Optional<Visitor> visitor(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (request.getRequestURI().equals(TOKEN_ENDPOINT)) {
            return Optional.of(Visitor.ANYONE);
        }
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? holderOf(authorization.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        return Optional.of(cookie.read(request)
                .flatMap(secret -> visitors.holderOf(secret, Session.Kind.BROWSER))
                .orElse(Visitor.ANYONE));
    }

    private Optional<Visitor> holderOf(String token) {
        return token.indexOf('.') >= 0 ? programs.holderOf(token) : visitors.holderOf(token, Session.Kind.TOKEN);
    }

    /// Lets the page shell see that somebody is signed in.
    private static final class WithPrincipal extends HttpServletRequestWrapper {

        private final @Nullable Principal principal;

        WithPrincipal(HttpServletRequest request, @Nullable Principal principal) {
            super(request);
            this.principal = principal;
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            return principal;
        }
    }
}
