package coop.imece.impact.report;

import coop.imece.impact.report.Report.Step;
import coop.imece.impact.report.ReportOutcome.Refused;
import coop.imece.impact.report.ReportOutcome.Stored;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.OptimisticLockingFailureException;

/// Takes a step in the life cycle of a report: idempotent by state, repeated if somebody else was faster.
final class Steps {

    private static final int TRIES = 5;

    private Steps() {}

    /// Either how a step went, or why it was not even tried.
    sealed interface Attempt {
        record Went(Step step) implements Attempt {}

        record Not(Problem problem) implements Attempt {}
    }

    static Attempt went(Step step) {
        return new Attempt.Went(step);
    }

    static Attempt refuse(Problem problem) {
        return new Attempt.Not(problem);
    }

    static UUID account(Caller caller) {
        return Objects.requireNonNull(caller.account(), "checked before the step");
    }

    static ReportOutcome take(Reports reports, Caller caller, UUID id, Function<Report, Attempt> attempt) {
        if (!caller.signedIn()) {
            return new Refused(Problem.notSignedIn());
        }
        for (int tries = 1; ; tries++) {
            Report report = reports.findById(id).orElse(null);
            if (report == null) {
                return new Refused(Problem.notFound());
            }
            try {
                return switch (attempt.apply(report)) {
                    case Attempt.Not not -> new Refused(not.problem());
                    case Attempt.Went went ->
                        switch (went.step()) {
                            case TAKEN -> new Stored(reports.save(report), true);
                            case REPEATED -> new Stored(report, false);
                            case NOT_FROM_HERE -> new Refused(Problem.of(409, "report-state"));
                            case BY_THE_SUBMITTER -> new Refused(Problem.of(403, "own-report"));
                        };
                };
            } catch (OptimisticLockingFailureException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
