package coop.imece.impact.report;

import static coop.imece.impact.report.ReportOutcome.refused;

import coop.imece.impact.organisation.KnownOrganisation;
import coop.imece.impact.organisation.KnownOrganisations;
import coop.imece.impact.report.ReportOutcome.Stored;
import coop.imece.impact.report.ReportRules.Typed;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Filling in reports: by representatives and reporters of the cooperative alone.
@Component
class Reporting {

    private final Reports reports;
    private final ReportPolicy policy;
    private final KnownOrganisations organisations;
    private final ReportRules rules;
    private final Clock clock;

    Reporting(Reports reports, ReportPolicy policy, KnownOrganisations organisations, ReportRules rules, Clock clock) {
        this.reports = reports;
        this.policy = policy;
        this.organisations = organisations;
        this.rules = rules;
        this.clock = clock;
    }

    /// The content of a request after all checks that need nothing but itself.
    record Checked(UUID organisation, String period, List<ReportedValue> values) {}

    /// Creates the report or replaces its values.
    ReportOutcome write(
            Caller caller,
            UUID id,
            @Nullable UUID organisation,
            @Nullable String period,
            List<Typed> values,
            IfMatch version) {
        if (!caller.signedIn()) {
            return refused(Problem.notSignedIn());
        }
        var checks = new Checks();
        checks.require(organisation != null, "#/organisation", "required");
        String year = rules.period(checks, period, Year.now(clock.withZone(ZoneOffset.UTC)));
        List<ReportedValue> numbers = rules.values(checks, values);
        if (organisation == null || checks.failed()) {
            return refused(Problem.invalid(checks.errors()));
        }
        var content = new Checked(organisation, year, numbers);
        return reports.findById(id)
                .map(present -> replace(caller, present, content, version))
                .orElseGet(() -> create(caller, id, content, version));
    }

    private ReportOutcome create(Caller caller, UUID id, Checked content, IfMatch version) {
        Optional<KnownOrganisation> organisation = organisations.await(content.organisation());
        if (organisation.isEmpty()) {
            return refused(Problem.notYetKnown());
        }
        if (!policy.mayWriteFor(content.organisation(), caller)) {
            return refused(Problem.notAllowed());
        }
        if (!organisation.get().cooperative()) {
            var checks = new Checks();
            checks.refuse("#/organisation", "not-a-cooperative");
            return refused(Problem.invalid(checks.errors()));
        }
        try {
            return new Stored(
                    reports.save(Report.draft(id, content.organisation(), content.period(), content.values())), true);
        } catch (DuplicateKeyException _) {
            // The id was taken at this moment, or the organisation has a report for this year.
            return reports.findById(id)
                    .map(present -> replace(caller, present, content, version))
                    .orElseGet(() -> alreadyReported(content));
        }
    }

    private ReportOutcome alreadyReported(Checked content) {
        Problem problem = Problem.of(409, "already-reported", content.period());
        return refused(reports.findByOrganisationAndPeriod(content.organisation(), content.period())
                .map(other -> problem.with("Location", "/api/v1/reports/" + other.id()))
                .orElse(problem));
    }

    private ReportOutcome replace(Caller caller, Report report, Checked content, IfMatch version) {
        Optional<Problem> stranger = policy.refusal(report, caller);
        if (stranger.isPresent()) {
            return refused(stranger.get());
        }
        if (report.holds(content.organisation(), content.period(), content.values())) {
            return new Stored(report, false);
        }
        Optional<Problem> stale = version.refusal(report.version());
        if (stale.isPresent()) {
            return refused(stale.get());
        }
        var checks = new Checks();
        checks.require(content.organisation().equals(report.organisation()), "#/organisation", "read-only");
        checks.require(content.period().equals(report.period()), "#/period", "read-only");
        if (checks.failed()) {
            return refused(Problem.invalid(checks.errors()));
        }
        if (!report.change(content.values())) {
            return refused(Problem.of(409, "report-closed"));
        }
        try {
            return new Stored(reports.save(report), false);
        } catch (OptimisticLockingFailureException _) {
            return refused(Problem.changedMeanwhile(
                    reports.findById(report.id()).map(Report::version).orElse(report.version())));
        }
    }

    /// Hands the report in for review.
    ReportOutcome submit(Caller caller, UUID id) {
        return Steps.take(reports, caller, id, report -> {
            Optional<Problem> stranger = policy.refusal(report, caller);
            if (stranger.isPresent()) {
                return Steps.refuse(stranger.get());
            }
            if (report.values().isEmpty()) {
                var checks = new Checks();
                checks.refuse("#/values", "nothing-reported");
                return Steps.refuse(Problem.invalid(checks.errors()));
            }
            if (report.open()
                    && organisations.awaitVerified(report.organisation()).isEmpty()) {
                return Steps.refuse(Problem.of(409, "organisation-not-verified"));
            }
            return Steps.went(report.submit(Steps.account(caller), clock.instant()));
        });
    }
}
