package coop.imece.gateway.session;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
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

    /// A line of the page.
    ///
    /// @param id what the button ends
    /// @param program whether it is a program's bearer token
    /// @param device what it is called, if known
    /// @param startedAt when it began
    /// @param lastSeenAt when it was last used
    /// @param current whether it is the reader's own
    public record Line(
            UUID id,
            boolean program,
            @Nullable String device,
            Instant startedAt,
            Instant lastSeenAt,
            boolean current) {}

    private final Sessions sessions;
    private final Visitors visitors;
    private final BrowserSessions browsers;

    SessionPages(Sessions sessions, Visitors visitors, BrowserSessions browsers) {
        this.sessions = sessions;
        this.visitors = visitors;
        this.browsers = browsers;
    }

    @GetMapping("/sessions")
    String list(Visitor visitor, HttpServletResponse response, Model model) {
        UUID account = visitor.account();
        if (account == null) {
            return "redirect:/sign-in?return=/sessions";
        }
        List<Line> lines = sessions.of(account).stream()
                .map(session -> new Line(
                        session.id(),
                        session.kind() == Session.Kind.TOKEN,
                        session.device(),
                        session.startedAt(),
                        session.lastSeenAt(),
                        session.id().equals(visitor.session())))
                .toList();
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("sessions", lines);
        return "session/list";
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
