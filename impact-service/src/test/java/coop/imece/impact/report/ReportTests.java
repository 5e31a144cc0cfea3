package coop.imece.impact.report;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.impact.report.Report.State;
import coop.imece.impact.report.Report.Step;
import coop.imece.impact.report.ReportEvent.ReportApproved;
import coop.imece.impact.report.ReportEvent.ReportReturned;
import coop.imece.impact.report.ReportEvent.ReportSubmitted;
import coop.imece.platform.test.ContractAssertions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportTests {

    private static final UUID AYSE = UUID.randomUUID();
    private static final UUID REVIEWER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Report report = aReport();

    static Report aReport() {
        return Report.draft(UUID.randomUUID(), UUID.randomUUID(), "2025", List.of(new ReportedValue("M01", 1, 71)));
    }

    @Test
    void aDraftIsNobodyElsesBusiness() {
        assertThat(report.state()).isEqualTo(State.DRAFT);
        assertThat(report.raised()).isEmpty();
    }

    @Test
    void isSubmittedOnceHoweverOftenOneAsks() {
        assertThat(report.submit(AYSE, NOW)).isEqualTo(Step.TAKEN);
        assertThat(report.submit(AYSE, NOW.plusSeconds(9))).isEqualTo(Step.REPEATED);
        assertThat(report.submittedAt()).contains(NOW);
        assertThat(report.raised()).containsExactly(new ReportSubmitted());
    }

    @Test
    void doesNotChangeWhileItIsReviewedNorAfterApproval() {
        report.submit(AYSE, NOW);
        assertThat(report.change(List.of())).isFalse();
        report.approve(REVIEWER, "TR-16", NOW);
        assertThat(report.change(List.of())).isFalse();
        assertThat(report.value("M01")).hasValue(71);
    }

    @Test
    void isCorrectedAndSubmittedAgainAfterItWasSentBack() {
        report.submit(AYSE, NOW);
        assertThat(report.giveBack(REVIEWER, "Hangi sayı doğru?")).isEqualTo(Step.TAKEN);
        assertThat(report.giveBack(REVIEWER, "Hangi sayı doğru?")).isEqualTo(Step.REPEATED);
        assertThat(report.comment()).contains("Hangi sayı doğru?");
        assertThat(report.change(List.of(new ReportedValue("M01", 1, 70)))).isTrue();
        assertThat(report.submit(AYSE, NOW)).isEqualTo(Step.TAKEN);
        assertThat(report.comment()).isEmpty();
        assertThat(report.raised()).containsExactly(new ReportSubmitted(), new ReportReturned(), new ReportSubmitted());
    }

    @Test
    void isNotApprovedByWhoSubmittedIt() {
        report.submit(AYSE, NOW);
        assertThat(report.approve(AYSE, "TR-16", NOW)).isEqualTo(Step.BY_THE_SUBMITTER);
        assertThat(report.state()).isEqualTo(State.SUBMITTED);
        assertThat(report.approve(REVIEWER, "TR-16", NOW)).isEqualTo(Step.TAKEN);
        assertThat(report.approve(REVIEWER, "TR-35", NOW)).isEqualTo(Step.REPEATED);
        assertThat(report.raised()).containsExactly(new ReportSubmitted(), new ReportApproved());
    }

    @Test
    void isNotReviewedBeforeItWasSubmittedNorSubmittedAfterApproval() {
        assertThat(report.approve(REVIEWER, null, NOW)).isEqualTo(Step.NOT_FROM_HERE);
        assertThat(report.giveBack(REVIEWER, "?")).isEqualTo(Step.NOT_FROM_HERE);
        report.submit(AYSE, NOW);
        report.approve(REVIEWER, null, NOW);
        assertThat(report.submit(AYSE, NOW)).isEqualTo(Step.NOT_FROM_HERE);
        assertThat(report.giveBack(REVIEWER, "?")).isEqualTo(Step.NOT_FROM_HERE);
    }

    @Test
    void publishesWhatTheContractsSayAndNoValues() {
        report.submit(AYSE, NOW);
        report.giveBack(REVIEWER, "Hangi sayı doğru?");
        report.submit(AYSE, NOW);
        report.approve(REVIEWER, "TR-16", NOW);
        report.restate();
        var published = ContractAssertions.assertPublishes(report);
        assertThat(published)
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.data())
                        .doesNotContain("M01", "value")
                        .doesNotContain("Hangi")
                        .doesNotContain(AYSE.toString()));
    }

    @Test
    void everyEventHasASchemaAndAnExample() {
        ContractAssertions.assertEveryTypeIsPublished(ReportEvent.class);
    }
}
