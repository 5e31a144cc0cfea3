package coop.imece.gateway.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/// The cookie that holds a browser's secret: out of reach of scripts, not sent from other sites' forms, and over TLS
/// only wherever the installation has TLS.
@Component
public final class SessionCookie {

    private final PublicAddress address;
    private final String name;

    SessionCookie(PublicAddress address) {
        this.address = address;
        this.name = address.secure() ? "__Host-imece-session" : "imece-session";
    }

    Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> name.equals(cookie.getName())
                                && !cookie.getValue().isBlank())
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /// Gives the browser the secret of its session.
    public void set(HttpServletResponse response, Sessions.Started started) {
        write(response, started.secret(), Sessions.LIFE);
    }

    /// Takes it away.
    public void clear(HttpServletResponse response) {
        write(response, "", Duration.ZERO);
    }

    private void write(HttpServletResponse response, String value, Duration life) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .httpOnly(true)
                        .secure(address.secure())
                        .sameSite("Lax")
                        .maxAge(life)
                        .build()
                        .toString());
    }
}
