package coop.imece.gateway.session;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// Where one is signed in, with a button to end each session.
@Controller
class SessionPages {

    /// A line of the page. Where the device is, is not said: we keep no map of network addresses.
    ///
    /// @param id what the button ends
    /// @param kind what somebody holds in the hand
    /// @param device what it is called, if known
    /// @param startedAt when it began
    /// @param lastSeenAt when it was last used
    /// @param ago the same in words
    /// @param current whether it is the reader's own
    public record Line(
            UUID id,
            String kind,
            @Nullable String device,
            Instant startedAt,
            Instant lastSeenAt,
            String ago,
            boolean current) {}

    private final Sessions sessions;
    private final Visitors visitors;
    private final BrowserSessions browsers;
    private final Ago ago;

    SessionPages(Sessions sessions, Visitors visitors, BrowserSessions browsers, Ago ago) {
        this.sessions = sessions;
        this.visitors = visitors;
        this.browsers = browsers;
        this.ago = ago;
    }

    @GetMapping("/sessions")
    String list(Visitor visitor, Locale locale, HttpServletResponse response, Model model) {
        UUID account = visitor.account();
        if (account == null) {
            return "redirect:/sign-in?return=/sessions";
        }
        List<Line> lines = sessions.of(account).stream()
                .map(session -> new Line(
                        session.id(),
                        Devices.kind(session).name(),
                        session.device(),
                        session.startedAt(),
                        session.lastSeenAt(),
                        ago.words(session.lastSeenAt(), locale),
                        session.id().equals(visitor.session())))
                .toList();
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("sessions", lines);
        return "session/list";
    }

    @PostMapping("/sessions/ending")
    String endOthers(Visitor visitor) {
        UUID account = visitor.account();
        UUID session = visitor.session();
        if (account != null && session != null) {
            visitors.endOthers(account, session);
        }
        return "redirect:/sessions";
    }

    @PostMapping("/sessions/{id}/ending")
    String end(Visitor visitor, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
        UUID account = visitor.account();
        if (account == null) {
            return "redirect:/sign-in?return=/sessions";
        }
        if (id.equals(visitor.session())) {
            browsers.end(request, response);
            return "redirect:/";
        }
        if (!visitors.end(id, account)) {
            throw new ProblemException(Problem.notFound());
        }
        return "redirect:/sessions";
    }
}
