package coop.imece.impact.report;

import coop.imece.impact.organisation.KnownOrganisations;
import coop.imece.impact.report.Report.State;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Who may do what with a report. Whoever may not read it is told that there is none.
@Component
class ReportPolicy {

    /// What reviewers see.
    static final Set<State> SUBMITTED_ONCE = EnumSet.of(State.SUBMITTED, State.RETURNED, State.APPROVED);

    private final KnownOrganisations organisations;

    ReportPolicy(KnownOrganisations organisations) {
        this.organisations = organisations;
    }

    /// Whoever has a role in its cooperative reads it; reviewers, once it was submitted.
    boolean mayRead(Report report, Caller caller) {
        return mayReview(report, caller) || organisations.soonReads(caller, report.organisation());
    }

    /// Representatives and reporters of the cooperative write and submit its reports.
    boolean mayWriteFor(UUID organisation, Caller caller) {
        return organisations.soonReports(caller, organisation);
    }

    /// The same of a report the caller reads already, without waiting for news.
    boolean mayChange(Report report, Caller caller) {
        return organisations.reports(caller, report.organisation());
    }

    /// Why the caller may not change it; empty if they may.
    Optional<Problem> refusal(Report report, Caller caller) {
        if (!mayRead(report, caller)) {
            return Optional.of(Problem.notFound());
        }
        return mayWriteFor(report.organisation(), caller) ? Optional.empty() : Optional.of(Problem.notAllowed());
    }

    /// Why the caller may not approve it or give it back; empty if they may.
    Optional<Problem> reviewRefusal(Report report, Caller caller) {
        if (!mayReview(report, caller)) {
            return Optional.of(mayRead(report, caller) ? Problem.notAllowed() : Problem.notFound());
        }
        return own(report, caller) ? Optional.of(Problem.of(403, "own-report")) : Optional.empty();
    }

    /// Whether it is the reviewer's own: submitted by them, or of a cooperative in which they have a role, whose
    /// program may have submitted it, or a colleague. Nobody waits for news of an appointment.
    boolean own(Report report, Caller caller) {
        return report.submittedBy(caller.account()) || organisations.reads(caller, report.organisation());
    }

    private static boolean mayReview(Report report, Caller caller) {
        return caller.reviewer() && SUBMITTED_ONCE.contains(report.state());
    }
}
