package coop.imece.impact.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A report as the API shows it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReportView(
        UUID id,
        UUID organisation,
        String period,
        Report.State state,
        List<ReportedValue> values,
        @Nullable String comment,
        @Nullable Instant submittedAt,
        @Nullable Instant approvedAt) {

    static ReportView of(Report report) {
        return new ReportView(
                report.id(),
                report.organisation(),
                report.period(),
                report.state(),
                report.values(),
                report.comment().orElse(null),
                report.submittedAt().orElse(null),
                report.approvedAt().orElse(null));
    }
}
