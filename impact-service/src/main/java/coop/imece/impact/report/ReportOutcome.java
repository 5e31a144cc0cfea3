package coop.imece.impact.report;

import coop.imece.platform.web.Problem;

/// What became of a request about a report.
sealed interface ReportOutcome {

    /// @param report as it is now
    /// @param created whether this request made it, or took the step
    record Stored(Report report, boolean created) implements ReportOutcome {}

    record Refused(Problem problem) implements ReportOutcome {}

    static ReportOutcome refused(Problem problem) {
        return new Refused(problem);
    }
}
