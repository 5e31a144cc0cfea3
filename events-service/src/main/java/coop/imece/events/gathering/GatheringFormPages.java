package coop.imece.events.gathering;

import coop.imece.events.gathering.GatheringPlanning.PlanningOutcome;
import coop.imece.events.gathering.GatheringPlanning.Terms;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writing a gathering down in a form, and changing it.
@Controller
class GatheringFormPages {

    private static final String HOME_ZONE = "Europe/Istanbul";

    private final GatheringPlanning planning;
    private final GatheringReading reading;
    private final GatheringShow show;
    private final GatheringChoices choices;

    GatheringFormPages(
            GatheringPlanning planning, GatheringReading reading, GatheringShow show, GatheringChoices choices) {
        this.planning = planning;
        this.reading = reading;
        this.show = show;
        this.choices = choices;
    }

    @GetMapping("/gatherings/new")
    String blank(Caller caller, Locale locale, Model model) {
        signedIn(caller);
        var form =
                Form.empty().with("id", Ids.v7()).with("starts.zone", HOME_ZONE).with("ends.zone", HOME_ZONE);
        choices.offer(form, caller, locale, model);
        return "gathering/form";
    }

    @PostMapping("/gatherings/new")
    Object create(Form form, Caller caller, Locale locale, Model model, HttpServletResponse response) {
        signedIn(caller);
        UUID id = id(form);
        var outcome = planning.put(
                caller,
                id,
                GatheringForm.wanted(form, JsonNodeFactory.instance.objectNode()),
                new Terms(new IfMatch(null), null, false));
        return switch (outcome) {
            case PlanningOutcome.Drafted _ -> saved(id, form, "saved");
            case PlanningOutcome.Kept _ -> saved(id, form, "saved");
            case PlanningOutcome.Refused refused -> {
                choices.offer(refused(form, refused.problem(), model, response), caller, locale, model);
                yield "gathering/form";
            }
        };
    }

    @GetMapping("/gatherings/{id}/edit")
    Object edit(@PathVariable UUID id, Caller caller, Locale locale, Model model) {
        Gathering gathering = own(caller, id);
        if (gathering.state() == GatheringState.CANCELLED) {
            return SeeOther.to("/gatherings/" + id);
        }
        return shown(gathering, GatheringForm.of(gathering), caller, locale, model);
    }

    @PostMapping("/gatherings/{id}/edit")
    Object change(
            @PathVariable UUID id, Form form, Caller caller, Locale locale, Model model, HttpServletResponse response) {
        Gathering gathering = own(caller, id);
        var terms = new Terms(new IfMatch("\"" + form.value("version") + "\""), null, form.chosen("notify", "true"));
        return switch (planning.change(caller, id, terms, present -> GatheringForm.wanted(form, present))) {
            case PlanningOutcome.Drafted _ -> saved(id, form, "saved");
            case PlanningOutcome.Kept kept ->
                saved(id, form, kept.gathering().state() == GatheringState.DRAFT ? "saved" : "changed");
            case PlanningOutcome.Refused refused ->
                shown(gathering, refused(form, refused.problem(), model, response), caller, locale, model);
        };
    }

    private String shown(Gathering gathering, Form form, Caller caller, Locale locale, Model model) {
        show.one(gathering, caller, locale, model);
        choices.offer(form, caller, locale, model);
        return "gathering/form";
    }

    private static Form refused(Form form, Problem problem, Model model, HttpServletResponse response) {
        GatheringPages.refuse(problem, model, response);
        return form.refused(GatheringForm.errors(problem.errors()));
    }

    /// The second button leads on to the page on which one publishes.
    private static Object saved(UUID id, Form form, String done) {
        return SeeOther.to(
                "/gatherings/" + id + ("publication".equals(form.value("next")) ? "/publication" : "?done=" + done));
    }

    private static UUID id(Form form) {
        UUID id = GatheringReader.id(form.value("id"));
        return id == null ? Ids.v7() : id;
    }

    private static void signedIn(Caller caller) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
    }

    private Gathering own(Caller caller, UUID id) {
        signedIn(caller);
        Gathering gathering = reading.one(caller, id).orElseThrow(() -> new ProblemException(Problem.notFound()));
        if (!show.owns(caller, gathering)) {
            throw new ProblemException(Problem.notAllowed());
        }
        return gathering;
    }
}
