package coop.imece.directory.organisation;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// How a reviewer confirms that an organisation is what it says. Repeating it changes nothing.
@Component
class OrganisationVerification {

    private final Organisations organisations;
    private final OrganisationPolicy policy;
    private final Clock clock;

    OrganisationVerification(Organisations organisations, OrganisationPolicy policy, Clock clock) {
        this.organisations = organisations;
        this.policy = policy;
        this.clock = clock;
    }

    /// How it ended.
    sealed interface Outcome {

        record Verified(Organisation organisation) implements Outcome {}

        record AlreadyVerified(Organisation organisation) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /// @param seen the version the reviewer looked at, if they say so: nothing newer is confirmed then
    Outcome verify(UUID id, IfMatch seen, Caller caller) {
        try {
            return attempt(id, seen, caller);
        } catch (OptimisticLockingFailureException e) {
            return attempt(id, seen, caller);
        }
    }

    private Outcome attempt(UUID id, IfMatch seen, Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        Optional<Organisation> found = organisations.findById(id);
        if (found.isEmpty()) {
            return new Outcome.Refused(Problem.notFound());
        }
        Organisation organisation = found.get();
        if (!policy.mayVerify(organisation, caller)) {
            return new Outcome.Refused(
                    caller.reviewer()
                            ? Problem.of(403, "own-organisation")
                            : policy.maySee(organisation, caller) ? Problem.notAllowed() : Problem.notFound());
        }
        Optional<Problem> stale = organisation.state() == Organisation.State.SUBMITTED && seen.given()
                ? seen.refusal(organisation.version())
                : Optional.empty();
        if (stale.isPresent()) {
            return new Outcome.Refused(stale.get());
        }
        if (!organisation.verify(account, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            return new Outcome.AlreadyVerified(organisation);
        }
        return new Outcome.Verified(organisations.save(organisation));
    }
}
