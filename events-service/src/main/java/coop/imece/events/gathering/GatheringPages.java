package coop.imece.events.gathering;

import coop.imece.events.gathering.GatheringPublication.StepOutcome;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One gathering for people; for those who speak for its organiser also the steps of its life.
@Controller
class GatheringPages {

    private final GatheringReading reading;
    private final GatheringPublication publication;
    private final GatheringReader reader;
    private final GatheringShow show;

    GatheringPages(
            GatheringReading reading, GatheringPublication publication, GatheringReader reader, GatheringShow show) {
        this.reading = reading;
        this.publication = publication;
        this.reader = reader;
        this.show = show;
    }

    @GetMapping("/gatherings/{id}")
    String one(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String done,
            Caller caller,
            Locale locale,
            Model model) {
        Gathering gathering = visible(caller, id);
        show.one(gathering, caller, locale, model);
        model.addAttribute("summary", gathering.content().description());
        model.addAttribute("done", done != null && done.matches("saved|changed|announced|cancelled") ? done : null);
        return "gathering/one";
    }

    /// How far the announcements got, for the organiser's page to look again.
    @GetMapping("/fragments/gatherings/{id}/broadcasts")
    String broadcasts(@PathVariable UUID id, Caller caller, Locale locale, Model model) {
        show.one(own(caller, id), caller, locale, model);
        return "gathering/fragments :: broadcasts";
    }

    @GetMapping("/gatherings/{id}/publication")
    Object publicationPage(@PathVariable UUID id, Caller caller, Locale locale, Model model) {
        Gathering gathering = own(caller, id);
        if (gathering.state() != GatheringState.DRAFT) {
            return SeeOther.to("/gatherings/" + id);
        }
        return publicationForm(gathering, Form.empty().with("notify", true), caller, locale, model);
    }

    @PostMapping("/gatherings/{id}/publication")
    Object publish(
            @PathVariable UUID id, Form form, Caller caller, Locale locale, Model model, HttpServletResponse response) {
        boolean notify = form.chosen("notify", "true");
        return switch (publication.announce(caller, id, notify)) {
            case StepOutcome.Taken _ -> SeeOther.to("/gatherings/" + id + "?done=announced");
            case StepOutcome.Refused refused -> {
                Gathering gathering = own(caller, id);
                refuse(refused.problem(), model, response);
                yield publicationForm(gathering, form.refused(refused.problem().errors()), caller, locale, model);
            }
        };
    }

    private String publicationForm(Gathering gathering, Form form, Caller caller, Locale locale, Model model) {
        show.one(gathering, caller, locale, model);
        model.addAttribute("form", form);
        model.addAttribute("ready", gathering.content().saysWhere());
        return "gathering/publication";
    }

    @GetMapping("/gatherings/{id}/cancellation")
    Object cancellationPage(@PathVariable UUID id, Caller caller, Locale locale, Model model) {
        Gathering gathering = own(caller, id);
        if (gathering.state() != GatheringState.ANNOUNCED) {
            return SeeOther.to("/gatherings/" + id);
        }
        return cancellationForm(gathering, Form.empty().with("notify", true), caller, locale, model);
    }

    @PostMapping("/gatherings/{id}/cancellation")
    Object cancel(
            @PathVariable UUID id, Form form, Caller caller, Locale locale, Model model, HttpServletResponse response) {
        Gathering gathering = own(caller, id);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("reason", GatheringForm.texts(form, "reason", null));
        var checks = new Checks();
        LocalisedText reason = reader.reason(body, Language.of(locale).tag(), checks);
        Problem problem;
        if (checks.failed() || reason == null) {
            problem = Problem.invalid(GatheringForm.errors(checks.errors()));
        } else {
            switch (publication.cancel(caller, id, reason, form.chosen("notify", "true"))) {
                case StepOutcome.Taken _ -> {
                    return SeeOther.to("/gatherings/" + id + "?done=cancelled");
                }
                case StepOutcome.Refused refused -> problem = refused.problem();
            }
        }
        refuse(problem, model, response);
        return cancellationForm(gathering, form.refused(problem.errors()), caller, locale, model);
    }

    private String cancellationForm(Gathering gathering, Form form, Caller caller, Locale locale, Model model) {
        show.one(gathering, caller, locale, model);
        model.addAttribute("form", form);
        return "gathering/cancellation";
    }

    private Gathering visible(Caller caller, UUID id) {
        return reading.one(caller, id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private Gathering own(Caller caller, UUID id) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
        Gathering gathering = visible(caller, id);
        if (!show.owns(caller, gathering)) {
            throw new ProblemException(Problem.notAllowed());
        }
        return gathering;
    }

    /// A refusal that can be mended on the same page is shown there; any other one is the answer.
    static void refuse(Problem problem, Model model, HttpServletResponse response) {
        if (problem.status() < 409) {
            throw new ProblemException(problem);
        }
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        model.addAttribute("problem", problem.status() == 422 ? null : problem.slug());
    }
}
