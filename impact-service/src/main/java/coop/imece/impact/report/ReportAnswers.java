package coop.imece.impact.report;

import coop.imece.impact.report.ReportOutcome.Refused;
import coop.imece.impact.report.ReportOutcome.Stored;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Turns outcomes into answers.
@Component
class ReportAnswers {

    private static final Set<String> SERVER_OWNED = Set.of("id", "state", "comment", "submittedAt", "approvedAt");

    private final Problems problems;
    private final JsonMapper json;

    ReportAnswers(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    ReportContent merged(MergePatch patch, ReportContent present) {
        return patch.applyTo(json, present, ReportContent.class, SERVER_OWNED);
    }

    ResponseEntity<?> refused(Problem problem, Locale locale) {
        return problems.answer(problem, locale);
    }

    ResponseEntity<?> of(ReportOutcome outcome, Locale locale) {
        return switch (outcome) {
            case Stored stored -> report(stored.report(), stored.created() ? HttpStatus.CREATED : HttpStatus.OK);
            case Refused refused -> problems.answer(refused.problem(), locale);
        };
    }

    ResponseEntity<?> report(Report report, HttpStatus status) {
        var answer = ResponseEntity.status(status)
                .eTag(IfMatch.etag(report.version()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy("Authorization", "Cookie");
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/api/v1/reports/" + report.id()));
        }
        return answer.body(ReportView.of(report));
    }

    ResponseEntity<?> personal(Object body) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy("Authorization", "Cookie")
                .body(body);
    }
}
