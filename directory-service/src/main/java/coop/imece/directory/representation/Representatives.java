package coop.imece.directory.representation;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Who acts for an organisation: appoints, dismisses, and answers for the truth.
@Component
public class Representatives {

    private final Representations representations;
    private final Clock clock;

    Representatives(Representations representations, Clock clock) {
        this.representations = representations;
        this.clock = clock;
    }

    /// Whether the account acts for the organisation now.
    public boolean represents(UUID organisation, UUID account) {
        return representations
                .findById(Representation.idOf(organisation, account))
                .filter(representation -> representation.state() == Representation.State.APPOINTED)
                .isPresent();
    }

    /// The organisations the account acts for.
    public List<UUID> organisationsOf(UUID account) {
        return representations.findByAccountAndState(account, Representation.State.APPOINTED).stream()
                .map(Representation::organisation)
                .toList();
    }

    /// Appoints whoever registered the organisation. Repeating it changes nothing, not even a dismissal since.
    public void appointFirst(UUID organisation, UUID account) {
        if (representations.existsById(Representation.idOf(organisation, account))) {
            return;
        }
        try {
            representations.save(Representation.appoint(organisation, account, now()));
        } catch (DuplicateKeyException _) {
            // The other of the two who may write it was faster.
        }
    }

    /// How it ended.
    sealed interface Outcome {

        record Appointed(Representation representation) implements Outcome {}

        record Unchanged(Representation representation) implements Outcome {}

        record Dismissed() implements Outcome {}

        record Listed(List<Representation> representations) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Outcome list(UUID organisation, Caller caller) {
        Problem refusal = refusal(organisation, caller, true);
        return refusal != null
                ? new Outcome.Refused(refusal)
                : new Outcome.Listed(representations.findByOrganisationAndStateOrderBySinceAscIdAsc(
                        organisation, Representation.State.APPOINTED));
    }

    Outcome appoint(UUID organisation, UUID account, Caller caller) {
        Problem refusal = refusal(organisation, caller, false);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        Representation present = representations
                .findById(Representation.idOf(organisation, account))
                .orElse(null);
        try {
            if (present == null) {
                return new Outcome.Appointed(
                        representations.save(Representation.appoint(organisation, account, now())));
            }
            return present.appointAgain(now())
                    ? new Outcome.Appointed(representations.save(present))
                    : new Outcome.Unchanged(present);
        } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
            return new Outcome.Unchanged(representations
                    .findById(Representation.idOf(organisation, account))
                    .orElseThrow(() -> e));
        }
    }

    /// The last one stays. The count is another document's business, so it is looked at before and after: two who
    /// dismiss each other at the same moment both stay.
    Outcome dismiss(UUID organisation, UUID account, Caller caller) {
        Problem refusal = refusal(organisation, caller, false);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        Representation present = representations
                .findById(Representation.idOf(organisation, account))
                .orElse(null);
        if (present == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (present.state() == Representation.State.DISMISSED) {
            return new Outcome.Dismissed();
        }
        if (appointed(organisation) <= 1) {
            return new Outcome.Refused(Problem.of(409, "last-representative"));
        }
        present.dismiss(now());
        Representation dismissed = representations.save(present);
        if (appointed(organisation) == 0) {
            dismissed.appointAgain(now());
            representations.save(dismissed);
            return new Outcome.Refused(Problem.of(409, "last-representative"));
        }
        return new Outcome.Dismissed();
    }

    private long appointed(UUID organisation) {
        return representations.countByOrganisationAndState(organisation, Representation.State.APPOINTED);
    }

    /// Its representatives and administrators; reviewers may look.
    private @Nullable Problem refusal(UUID organisation, Caller caller, boolean reading) {
        UUID account = caller.account();
        if (account == null) {
            return Problem.notSignedIn();
        }
        if (!representations.existsByOrganisation(organisation)) {
            return Problem.notFound();
        }
        boolean allowed = caller.administrator()
                || (reading && caller.reviewer())
                || (caller.program() ? caller.represents(organisation) : represents(organisation, account));
        return allowed ? null : Problem.notAllowed();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
