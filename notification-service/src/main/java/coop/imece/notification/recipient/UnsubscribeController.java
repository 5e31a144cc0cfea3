package coop.imece.notification.recipient;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Stopping by the link in a mail: a mail program's one click (RFC 8058), a program, or a person's button. Reading
/// changes nothing: link scanners read.
@Controller
class UnsubscribeController {

    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private final Withdrawal withdrawal;
    private final Problems problems;

    UnsubscribeController(Withdrawal withdrawal, Problems problems) {
        this.withdrawal = withdrawal;
        this.problems = problems;
    }

    @PostMapping("/api/v1/unsubscribe/{token}")
    @Described(
            id = "unsubscribe",
            summary = "Stop announcements to an address",
            description =
                    "ERASED: the link is of an earlier subscription, which was erased; it stops nothing of a later"
                            + " one.",
            answers = Stopped.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> stop(
            @PathVariable String token,
            @RequestParam(name = "List-Unsubscribe", required = false) @Nullable String oneClick,
            Locale locale) {
        return switch (withdrawal.stop(token, oneClick == null ? Consent.Source.API : Consent.Source.ONE_CLICK)) {
            case STOPPED -> ResponseEntity.ok(new Stopped("STOPPED"));
            case ERASED -> ResponseEntity.ok(new Stopped("ERASED"));
            case UNKNOWN -> problems.answer(Problem.notFound(), locale);
        };
    }

    @PostMapping(path = "/unsubscribe/{token}", params = ONE_CLICK)
    ResponseEntity<?> stopByOneClick(@PathVariable String token, Locale locale) {
        return switch (withdrawal.stop(token, Consent.Source.ONE_CLICK)) {
            case STOPPED ->
                ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("STOPPED");
            case ERASED -> ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("ERASED");
            case UNKNOWN -> problems.answer(Problem.notFound(), locale);
        };
    }

    record Stopped(String state) {}

    /// Some mail programs open the address of the header instead of posting to it.
    @GetMapping("/api/v1/unsubscribe/{token}")
    @Described(
            id = "openUnsubscribePage",
            summary = "Go to the page that stops announcements",
            success = 303,
            access = Described.Access.EVERYBODY)
    View toThePage(@PathVariable String token) {
        known(token);
        return SeeOther.to("/unsubscribe/" + token);
    }

    @GetMapping("/unsubscribe/{token}")
    String page(@PathVariable String token, Model model) {
        known(token);
        model.addAttribute("token", token);
        if (withdrawal.erased(token)) {
            model.addAttribute("erased", true);
            return "recipient/unsubscribed";
        }
        return "recipient/unsubscribe";
    }

    @PostMapping("/unsubscribe/{token}")
    View stopByButton(@PathVariable String token) {
        if (withdrawal.stop(token, Consent.Source.E_MAIL_LINK) == Withdrawal.Outcome.UNKNOWN) {
            throw new ProblemException(Problem.notFound());
        }
        return SeeOther.to("/unsubscribe/" + token + "/done");
    }

    @GetMapping("/unsubscribe/{token}/done")
    String done(@PathVariable String token, Model model) {
        known(token);
        model.addAttribute("erased", withdrawal.erased(token));
        return "recipient/unsubscribed";
    }

    private void known(String token) {
        if (!withdrawal.knows(token)) {
            throw new ProblemException(Problem.notFound());
        }
    }
}
