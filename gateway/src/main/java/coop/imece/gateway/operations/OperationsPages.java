package coop.imece.gateway.operations;

import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// What is stuck, why, and the buttons that release it; for administrators.
@Controller
class OperationsPages {

    private static final String LETTERS = "/operations/dead-letters";

    private final StateOfThings state;
    private final DeadLetterDesk letters;

    OperationsPages(StateOfThings state, DeadLetterDesk letters) {
        this.state = state;
        this.letters = letters;
    }

    @GetMapping("/operations")
    String state(Caller caller, HttpServletRequest request, HttpServletResponse response, Model model) {
        if (!caller.signedIn()) {
            return "redirect:/sign-in?return=/operations";
        }
        StateOfThings.Answer answer = state.now(caller, request);
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("services", answer.services())
                .addAttribute(
                        "up",
                        answer.services().stream()
                                .filter(line -> !line.broken())
                                .count())
                .addAttribute(
                        "oldest",
                        answer.services().stream()
                                .map(StateOfThings.Line::oldest)
                                .filter(java.util.Objects::nonNull)
                                .min(java.util.Comparator.naturalOrder())
                                .orElse(null))
                .addAttribute(
                        "deadLetters",
                        answer.services().stream()
                                .map(StateOfThings.Line::deadLetters)
                                .filter(java.util.Objects::nonNull)
                                .mapToInt(Integer::intValue)
                                .sum())
                .addAttribute("overdue", answer.overdueErasures());
        return "operations/state";
    }

    @GetMapping(LETTERS)
    String list(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean decided,
            @RequestParam(required = false) @Nullable String done,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!caller.signedIn()) {
            return "redirect:/sign-in?return=" + LETTERS;
        }
        DeadLetterDesk.All all = letters.all(caller, decided, request);
        response.setHeader("Cache-Control", "private, no-store");
        model.addAttribute("letters", all.letters())
                .addAttribute("missing", all.missing())
                .addAttribute("decided", decided)
                .addAttribute("done", "replayed".equals(done) || "discarded".equals(done) ? done : null);
        return "operations/dead-letters";
    }

    @GetMapping(LETTERS + "/{id}")
    String explain(
            Caller caller,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!caller.signedIn()) {
            return "redirect:/sign-in?return=" + LETTERS;
        }
        model.addAttribute("letter", letters.explain(caller, id, request));
        response.setHeader("Cache-Control", "private, no-store");
        return "operations/dead-letter";
    }

    @PostMapping(LETTERS + "/{id}/replay")
    View replay(Caller caller, @PathVariable String id, HttpServletRequest request) {
        letters.decide(caller, id, DeadLetterDesk.Decision.REPLAY, request);
        return SeeOther.to(LETTERS + "?done=replayed");
    }

    @PostMapping(LETTERS + "/{id}/discard")
    View discard(Caller caller, @PathVariable String id, HttpServletRequest request) {
        letters.decide(caller, id, DeadLetterDesk.Decision.DISCARD, request);
        return SeeOther.to(LETTERS + "?done=discarded");
    }
}
