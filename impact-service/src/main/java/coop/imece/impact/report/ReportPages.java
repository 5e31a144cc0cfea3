package coop.imece.impact.report;

import coop.imece.impact.report.Report.State;
import coop.imece.impact.report.ReportOutcome.Refused;
import coop.imece.impact.report.ReportOutcome.Stored;
import coop.imece.impact.report.ReportReading.Filter;
import coop.imece.impact.report.ReportReading.Found;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Lists of reports, one report, and its review.
@Controller
class ReportPages {

    private static final int PAGE = 30;
    private static final int ON_THE_DESK = 5;

    private final Reviewing reviewing;
    private final ReportReading reading;
    private final ReportPolicy policy;
    private final ReportModel model;
    private final ReportFormPages forms;
    private final Clock clock;

    ReportPages(
            Reviewing reviewing,
            ReportReading reading,
            ReportPolicy policy,
            ReportModel model,
            ReportFormPages forms,
            Clock clock) {
        this.reviewing = reviewing;
        this.reading = reading;
        this.policy = policy;
        this.model = model;
        this.forms = forms;
        this.clock = clock;
    }

    /// The reports of one's own organisations; for reviewers those of everybody, first what waits for them.
    @GetMapping("/reports")
    ModelAndView list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller,
            Locale locale) {
        requireSignedIn(caller);
        State chosen = state == null ? caller.reviewer() ? State.SUBMITTED : null : stateOf(state);
        Found found = reading.list(caller, new Filter(null, null, chosen), cursor, PAGE);
        return new ModelAndView("report/list")
                .addObject("reports", model.listed(found.items()))
                .addObject("total", found.total())
                .addObject("cursor", found.next())
                .addObject("chosen", chosen == null ? "" : chosen.name())
                .addObject("states", caller.reviewer() ? states(caller) : List.of())
                .addObject("mayReport", !model.cooperatives(caller, locale).isEmpty());
    }

    /// What a reviewer may look through; drafts only of organisations of their own.
    private List<State> states(Caller caller) {
        return reading.seesDrafts(caller)
                ? List.of(State.SUBMITTED, State.RETURNED, State.APPROVED, State.DRAFT)
                : List.of(State.SUBMITTED, State.RETURNED, State.APPROVED);
    }

    private static @Nullable State stateOf(String state) {
        try {
            return state.isEmpty() ? null : State.valueOf(state);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.badParameter("state"));
        }
    }

    /// The form for those who may still change it, else what it says, with the review for reviewers.
    @GetMapping("/reports/{id}")
    ModelAndView one(@PathVariable UUID id, Caller caller, Locale locale) {
        requireSignedIn(caller);
        Report report = find(caller, id);
        return report.open() && policy.mayChange(report, caller)
                ? forms.edit(ReportForm.of(report), report, caller, locale)
                : read(report, Form.empty(), caller, locale);
    }

    private ModelAndView read(Report report, Form form, Caller caller, Locale locale) {
        Report before = reading.yearBefore(caller, report).orElse(null);
        boolean toReview = caller.reviewer() && report.state() == State.SUBMITTED;
        boolean own = toReview && policy.own(report, caller);
        return new ModelAndView("report/report")
                .addObject("form", form)
                .addObject("report", model.shown(report))
                .addObject("lines", model.lines(report, before, locale))
                .addObject("mayReview", toReview && !own)
                .addObject("ownToReview", own);
    }

    @PostMapping("/reports/{id}/approval")
    Object approve(@PathVariable UUID id, Caller caller) {
        return switch (reviewing.approve(caller, id)) {
            case Stored _ -> SeeOther.to("/reports/" + id + "?done=approved");
            case Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    @PostMapping("/reports/{id}/return")
    Object giveBack(@PathVariable UUID id, Form form, Caller caller, Locale locale) {
        return switch (reviewing.giveBack(caller, id, form.text("comment"))) {
            case Stored _ -> SeeOther.to("/reports/" + id + "?done=returned");
            case Refused refused
            when refused.problem().status() == 422 -> {
                ModelAndView page =
                        read(find(caller, id), form.refused(refused.problem().errors()), caller, locale);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield page.addObject("self", "/reports/" + id);
            }
            case Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    /// What waits: for cooperatives their own reports, for reviewers what was submitted.
    @GetMapping("/fragments/reports/desk")
    ModelAndView desk(Caller caller, Locale locale) {
        requireSignedIn(caller);
        // Who chose an organisation sits at its desk, not at the reviewer's.
        boolean reviews = caller.reviewer() && caller.onBehalfOf() == null;
        State waiting = reviews ? State.SUBMITTED : null;
        Found found = reading.list(caller, new Filter(caller.onBehalfOf(), null, waiting), null, ON_THE_DESK);
        String lastYear = Year.now(clock.withZone(ZoneOffset.UTC)).minusYears(1).toString();
        return new ModelAndView("report/desk")
                .addObject("reports", model.listed(found.items()))
                .addObject("total", found.total())
                .addObject("reviewer", reviews)
                .addObject("lastYear", lastYear)
                .addObject("due", model.due(caller, lastYear, locale))
                .addObject("mayReport", !model.cooperatives(caller, locale).isEmpty());
    }

    private Report find(Caller caller, UUID id) {
        return reading.find(caller, id).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private static void requireSignedIn(Caller caller) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
    }
}
