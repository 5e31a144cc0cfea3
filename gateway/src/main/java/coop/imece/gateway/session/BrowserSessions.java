package coop.imece.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Starts and ends the session of the browser that sends a request.
@Component
public final class BrowserSessions {

    private final Sessions sessions;
    private final Visitors visitors;
    private final SessionCookie cookie;

    BrowserSessions(Sessions sessions, Visitors visitors, SessionCookie cookie) {
        this.sessions = sessions;
        this.visitors = visitors;
        this.cookie = cookie;
    }

    /// Starts a session with a secret of its own; one that ran before ends.
    public void start(UUID account, HttpServletRequest request, HttpServletResponse response) {
        endRunning(request);
        cookie.set(response, sessions.startForBrowser(account, request.getHeader(HttpHeaders.USER_AGENT)));
    }

    /// Ends the session, if one runs.
    public void end(HttpServletRequest request, HttpServletResponse response) {
        endRunning(request);
        cookie.clear(response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
    }

    private void endRunning(HttpServletRequest request) {
        Visitor visitor = Visitor.of(request);
        UUID session = visitor.session();
        UUID account = visitor.account();
        if (session != null && account != null && !visitor.program()) {
            visitors.end(session, account);
        }
    }
}
