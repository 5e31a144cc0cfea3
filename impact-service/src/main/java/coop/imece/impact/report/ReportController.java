package coop.imece.impact.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.impact.report.ReportReading.Filter;
import coop.imece.impact.report.ReportReading.Found;
import coop.imece.impact.report.ReportRules.Typed;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/reports")
class ReportController {

    private static final int MOST = 200;

    private final Reporting reporting;
    private final Reviewing reviewing;
    private final ReportReading reading;
    private final ReportAnswers answers;

    ReportController(Reporting reporting, Reviewing reviewing, ReportReading reading, ReportAnswers answers) {
        this.reporting = reporting;
        this.reviewing = reviewing;
        this.reading = reading;
        this.answers = answers;
    }

    /// Newest year first, then by id.
    @GetMapping
    @Described(
            id = "findReports",
            summary = "Reports one may see",
            description = "Newest year first, then by id.",
            answers = Listed.class)
    ResponseEntity<?> list(
            @RequestParam(required = false) @Nullable UUID organisation,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) Report.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Caller caller,
            Locale locale) {
        if (!caller.signedIn()) {
            return answers.refused(Problem.notSignedIn(), locale);
        }
        if (limit < 1 || limit > MOST) {
            return answers.refused(Problem.badParameter("limit"), locale);
        }
        Found found = reading.list(caller, new Filter(organisation, period, state), cursor, limit);
        return answers.personal(new Listed(
                found.items().stream().map(ReportView::of).toList(),
                found.total(),
                next(found, organisation, period, state, limit)));
    }

    private static @Nullable String next(
            Found found,
            @Nullable UUID organisation,
            @Nullable String period,
            Report.@Nullable State state,
            int limit) {
        if (found.next() == null) {
            return null;
        }
        var next = UriComponentsBuilder.fromPath("/api/v1/reports");
        if (organisation != null) {
            next.queryParam("organisation", organisation);
        }
        if (period != null) {
            next.queryParam("period", period);
        }
        if (state != null) {
            next.queryParam("state", state);
        }
        return next.queryParam("limit", limit)
                .queryParam("cursor", found.next())
                .encode()
                .toUriString();
    }

    @GetMapping("/{id}")
    @Described(id = "readReport", summary = "One report", answers = ReportView.class, versioned = true)
    ResponseEntity<?> one(@PathVariable UUID id, Caller caller, Locale locale) {
        if (!caller.signedIn()) {
            return answers.refused(Problem.notSignedIn(), locale);
        }
        return reading.find(caller, id)
                .<ResponseEntity<?>>map(report -> answers.report(report, HttpStatus.OK))
                .orElseGet(() -> answers.refused(Problem.notFound(), locale));
    }

    @PutMapping("/{id}")
    @NeedsScope("impact:write")
    @Described(
            id = "writeReport",
            summary = "Draft or replace a report",
            takes = ReportContent.class,
            required = {"organisation", "period"},
            answers = ReportView.class,
            success = {201, 200},
            refuses = 409,
            versioned = true)
    ResponseEntity<?> put(
            @PathVariable UUID id, @RequestBody ReportContent content, IfMatch version, Caller caller, Locale locale) {
        return write(id, content, version, caller, locale);
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @NeedsScope("impact:write")
    @Described(
            id = "changeReport",
            summary = "Change parts of a report",
            takes = ReportContent.class,
            answers = ReportView.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<?> patch(
            @PathVariable UUID id, @RequestBody MergePatch patch, IfMatch version, Caller caller, Locale locale) {
        if (!caller.signedIn()) {
            return answers.refused(Problem.notSignedIn(), locale);
        }
        return reading.find(caller, id)
                .<ResponseEntity<?>>map(report -> version.refusal(report.version())
                        .<ResponseEntity<?>>map(stale -> answers.refused(stale, locale))
                        .orElseGet(() -> write(id, answers.merged(patch, content(report)), version, caller, locale)))
                .orElseGet(() -> answers.refused(Problem.notFound(), locale));
    }

    private ResponseEntity<?> write(UUID id, ReportContent content, IfMatch version, Caller caller, Locale locale) {
        return answers.of(
                reporting.write(caller, id, content.organisation(), content.period(), typed(content), version), locale);
    }

    @PostMapping("/{id}/submission")
    @Described(
            id = "submitReport",
            summary = "Hand a report in",
            answers = ReportView.class,
            versioned = true,
            success = {201, 200})
    @NeedsScope("impact:write")
    ResponseEntity<?> submit(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Nothing body,
            Caller caller,
            Locale locale) {
        return answers.of(reporting.submit(caller, id), locale);
    }

    @PostMapping("/{id}/return")
    @NeedsScope("impact:review")
    @Described(
            id = "returnReport",
            summary = "Give a report back with a comment",
            answers = ReportView.class,
            required = "comment",
            versioned = true,
            success = {201, 200})
    ResponseEntity<?> giveBack(@PathVariable UUID id, @RequestBody Comment body, Caller caller, Locale locale) {
        return answers.of(reviewing.giveBack(caller, id, body.comment()), locale);
    }

    @PostMapping("/{id}/approval")
    @Described(
            id = "approveReport",
            summary = "Approve a report",
            answers = ReportView.class,
            versioned = true,
            success = {201, 200})
    @NeedsScope("impact:review")
    ResponseEntity<?> approve(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Nothing body,
            Caller caller,
            Locale locale) {
        return answers.of(reviewing.approve(caller, id), locale);
    }

    private static List<Typed> typed(ReportContent content) {
        var typed = new ArrayList<Typed>();
        List<ReportContent.@Nullable Given> values = Objects.requireNonNullElse(content.values(), List.of());
        for (int place = 0; place < values.size(); place++) {
            ReportContent.Given given = values.get(place);
            typed.add(
                    given == null
                            ? new Typed("#/values/" + place, null, null)
                            : new Typed("#/values/" + place, given.indicator(), given.value()));
        }
        return typed;
    }

    private static ReportContent content(Report report) {
        return new ReportContent(
                report.organisation(),
                report.period(),
                report.values().stream()
                        .map(v -> new ReportContent.Given(v.indicator(), BigDecimal.valueOf(v.value())))
                        .toList());
    }

    /// A step that needs no words.
    record Nothing() {}

    record Comment(@Nullable String comment) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            List<ReportView> items, long total, @Nullable String next) {}
}
