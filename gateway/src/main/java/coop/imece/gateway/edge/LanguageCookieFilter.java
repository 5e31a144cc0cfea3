package coop.imece.gateway.edge;

import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.VisitorFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Remembers a language chosen by `?lang=` for the pages that follow.
@Component
@Order(LanguageCookieFilter.ORDER)
final class LanguageCookieFilter extends OncePerRequestFilter {

    static final int ORDER = VisitorFilter.ORDER + 50;

    private static final Duration YEAR = Duration.ofDays(365);

    private final PublicAddress address;
    private final ReaderLanguage languages;

    LanguageCookieFilter(PublicAddress address, ReaderLanguage languages) {
        this.address = address;
        this.languages = languages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getRequestURI().startsWith("/api/")) {
            ReaderLanguage.chosen(request)
                    .ifPresent(language -> response.addHeader(
                            HttpHeaders.SET_COOKIE,
                            ResponseCookie.from(languages.cookie(), language.tag())
                                    .path("/")
                                    .httpOnly(true)
                                    .secure(address.secure())
                                    .sameSite("Lax")
                                    .maxAge(YEAR)
                                    .build()
                                    .toString()));
        }
        chain.doFilter(request, response);
    }
}
