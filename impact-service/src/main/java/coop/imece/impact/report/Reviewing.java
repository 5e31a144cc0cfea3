package coop.imece.impact.report;

import coop.imece.impact.organisation.KnownOrganisation;
import coop.imece.impact.organisation.KnownOrganisations;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reviewing what was submitted: by reviewers, never by who submitted it or has a role in its cooperative.
@Component
class Reviewing {

    static final int LONGEST_COMMENT = 2000;

    private final Reports reports;
    private final ReportPolicy policy;
    private final KnownOrganisations organisations;
    private final Clock clock;

    Reviewing(Reports reports, ReportPolicy policy, KnownOrganisations organisations, Clock clock) {
        this.reports = reports;
        this.policy = policy;
        this.organisations = organisations;
        this.clock = clock;
    }

    /// Asks for corrections.
    ReportOutcome giveBack(Caller caller, UUID id, @Nullable String comment) {
        return Steps.take(reports, caller, id, report -> {
            Optional<Problem> refusal = policy.reviewRefusal(report, caller);
            if (refusal.isPresent()) {
                return Steps.refuse(refusal.get());
            }
            var checks = new Checks();
            String words = checks.optionalText("#/comment", comment, LONGEST_COMMENT);
            checks.require(words != null, "#/comment", "required");
            if (words == null || checks.failed()) {
                return Steps.refuse(Problem.invalid(checks.errors()));
            }
            return Steps.went(report.giveBack(Steps.account(caller), words));
        });
    }

    /// Lets its values count, in the region where the organisation is now.
    ReportOutcome approve(Caller caller, UUID id) {
        return Steps.take(reports, caller, id, report -> {
            Optional<Problem> refusal = policy.reviewRefusal(report, caller);
            if (refusal.isPresent()) {
                return Steps.refuse(refusal.get());
            }
            String region = organisations
                    .find(report.organisation())
                    .flatMap(KnownOrganisation::region)
                    .orElse(null);
            return Steps.went(report.approve(Steps.account(caller), region, clock.instant()));
        });
    }
}
