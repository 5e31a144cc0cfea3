package coop.imece.impact.report;

import coop.imece.platform.erasure.Traces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Who submitted and who reviewed a report that is not approved is forgotten once it does not matter any more. What is
/// submitted or approved keeps the two ids, which lead to nobody: that they differ is what makes an approval one.
@Component
class ReportTraces implements Traces {

    private final Reports reports;

    ReportTraces(Reports reports) {
        this.reports = reports;
    }

    @Override
    public Map<String, Integer> erase(UUID account) {
        List<Report> named = Stream.concat(
                        reports.findByStateAndSubmittedBy(Report.State.RETURNED, account).stream(),
                        reports.findByStateAndReviewedBy(Report.State.RETURNED, account).stream()
                                .filter(report -> !report.submittedBy(account)))
                .toList();
        for (Report report : named) {
            report.forget(account);
            reports.save(report);
        }
        return Map.of("reports", named.size());
    }
}
