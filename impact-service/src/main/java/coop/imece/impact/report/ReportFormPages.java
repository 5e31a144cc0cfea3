package coop.imece.impact.report;

import coop.imece.impact.report.ReportOutcome.Refused;
import coop.imece.impact.report.ReportOutcome.Stored;
import coop.imece.impact.report.ReportRules.Typed;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// The form in which a cooperative fills in its report.
@Controller
class ReportFormPages {

    private static final int YEARS_OFFERED = 4;

    private final Reporting reporting;
    private final ReportReading reading;
    private final ReportModel model;
    private final Clock clock;

    ReportFormPages(Reporting reporting, ReportReading reading, ReportModel model, Clock clock) {
        this.reporting = reporting;
        this.reading = reading;
        this.model = model;
        this.clock = clock;
    }

    @GetMapping("/reports/new")
    ModelAndView blank(Form asked, Caller caller, Locale locale) {
        requireSignedIn(caller);
        List<Option> cooperatives = model.cooperatives(caller, locale);
        Form form = Form.empty()
                .with("id", Ids.v7())
                .with(
                        "organisation",
                        cooperatives.size() == 1 ? cooperatives.getFirst().value() : asked.text("organisation"))
                .with("period", asked.text("period") != null ? asked.text("period") : now().minusYears(1));
        return page(form, caller, locale);
    }

    private ModelAndView page(Form form, Caller caller, Locale locale) {
        return new ModelAndView("report/form")
                .addObject("form", form)
                .addObject("cooperatives", model.cooperatives(caller, locale))
                .addObject("years", years())
                .addObject("lines", model.lines(null, null, locale));
    }

    @PostMapping("/reports/new")
    Object create(Form form, Caller caller, Locale locale) {
        requireSignedIn(caller);
        UUID id = ReportForm.id(form, "id");
        if (id == null) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
        var checks = new Checks();
        List<Typed> values = ReportForm.values(form, model.indicators(), checks);
        ReportOutcome outcome = checks.failed()
                ? ReportOutcome.refused(Problem.invalid(checks.errors()))
                : reporting.write(
                        caller,
                        id,
                        ReportForm.id(form, "organisation"),
                        form.text("period"),
                        values,
                        new IfMatch(null));
        return switch (outcome) {
            case Stored stored -> goOn(form, caller, stored.report());
            case Refused refused -> refused(page(form.refused(errors(refused.problem())), caller, locale));
        };
    }

    @PostMapping("/reports/{id}")
    Object change(@PathVariable UUID id, Form form, Caller caller, Locale locale) {
        requireSignedIn(caller);
        Report report = reading.find(caller, id).orElseThrow(() -> new ProblemException(Problem.notFound()));
        var checks = new Checks();
        List<Typed> values = ReportForm.values(form, model.indicators(), checks);
        var version = new IfMatch("\"" + form.value("version") + "\"");
        ReportOutcome outcome = checks.failed()
                ? ReportOutcome.refused(Problem.invalid(checks.errors()))
                : reporting.write(caller, id, report.organisation(), report.period(), values, version);
        return switch (outcome) {
            case Stored stored -> goOn(form, caller, stored.report());
            case Refused refused -> {
                boolean meanwhile = refused.problem().status() == 412;
                Form typed = meanwhile ? form.with("version", report.version()) : form;
                yield refused(edit(typed.refused(errors(refused.problem())), report, caller, locale)
                        .addObject("changedMeanwhile", meanwhile));
            }
        };
    }

    /// Saved; submits it, too, if that button was pressed. What is then refused does not undo the saving.
    private View goOn(Form form, Caller caller, Report report) {
        String page = "/reports/" + report.id();
        if (!form.chosen("step", "submit")) {
            return SeeOther.to(page + "?done=saved");
        }
        return switch (reporting.submit(caller, report.id())) {
            case Stored _ -> SeeOther.to(page + "?done=submitted");
            case Refused refused ->
                switch (refused.problem().status()) {
                    case 409 -> SeeOther.to(page + "?not=" + refused.problem().slug());
                    case 422 -> SeeOther.to(page + "?not=nothing-reported");
                    default -> throw new ProblemException(refused.problem());
                };
        };
    }

    private static ModelAndView refused(ModelAndView page) {
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /// What is wrong with which field; a refusal that is about no field is a page of its own.
    private static List<FieldError> errors(Problem problem) {
        return switch (problem.slug()) {
            case "invalid" -> problem.errors();
            case "already-reported" ->
                List.of(FieldError.of(
                        "#/period", "already-reported", problem.args().toArray()));
            case "changed-meanwhile" -> List.of();
            default -> throw new ProblemException(problem);
        };
    }

    /// The form of a report that is there.
    ModelAndView edit(Form form, Report report, Caller caller, Locale locale) {
        Report before = reading.yearBefore(caller, report).orElse(null);
        return new ModelAndView("report/form")
                .addObject("form", form)
                .addObject("report", model.shown(report))
                .addObject("lines", model.lines(report, before, locale));
    }

    private List<Option> years() {
        return IntStream.range(0, YEARS_OFFERED)
                .mapToObj(back -> now().minusYears(back).toString())
                .map(year -> new Option(year, year))
                .toList();
    }

    private Year now() {
        return Year.now(clock.withZone(ZoneOffset.UTC));
    }

    private static void requireSignedIn(Caller caller) {
        if (!caller.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
    }
}
