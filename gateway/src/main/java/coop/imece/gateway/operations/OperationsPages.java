package coop.imece.gateway.operations;

import coop.imece.platform.inbox.DeadLetters;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
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
    private final MessageSource texts;

    OperationsPages(StateOfThings state, DeadLetterDesk letters, MessageSource texts) {
        this.texts = texts;
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
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!caller.signedIn()) {
            return "redirect:/sign-in?return=" + LETTERS;
        }
        return letterPage(caller, id, Form.empty(), reader, request, response, model);
    }

    private String letterPage(
            Caller caller,
            String id,
            Form form,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        model.addAttribute("letter", letters.explain(caller, id, request))
                .addAttribute("form", form)
                .addAttribute(
                        "reasons",
                        Arrays.stream(DeadLetters.Reason.values())
                                .map(reason -> new Option(
                                        reason.name(), texts.getMessage("letters.because." + reason, null, reader)))
                                .toList());
        response.setHeader("Cache-Control", "private, no-store");
        return "operations/dead-letter";
    }

    @PostMapping(LETTERS + "/{id}/replay")
    View replay(Caller caller, @PathVariable String id, HttpServletRequest request) {
        letters.decide(caller, id, new DeadLetterDesk.Decision.Replay(), request);
        return SeeOther.to(LETTERS + "?done=replayed");
    }

    @PostMapping(LETTERS + "/{id}/discard")
    Object discard(
            Caller caller,
            @PathVariable String id,
            Form form,
            Locale reader,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<DeadLetters.Reason> reason = Arrays.stream(DeadLetters.Reason.values())
                .filter(one -> form.chosen("reason", one.name()))
                .findFirst();
        if (reason.isEmpty()) {
            DeadLetterDesk.administrator(caller);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            Form refused = form.refused(List.of(FieldError.of("#/reason", "required")));
            return letterPage(caller, id, refused, reader, request, response, model);
        }
        letters.decide(caller, id, new DeadLetterDesk.Decision.Discard(reason.get()), request);
        return SeeOther.to(LETTERS + "?done=discarded");
    }
}
