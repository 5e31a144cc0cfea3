package coop.imece.directory.organisation;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// How an organisation enters the directory and changes there. The id comes from the caller, so a repeat is harmless.
@Component
class OrganisationRegistration {

    private final Organisations organisations;
    private final OrganisationPolicy policy;
    private final Representatives representatives;
    private final KnownCodeLists lists;
    private final Clock clock;

    OrganisationRegistration(
            Organisations organisations,
            OrganisationPolicy policy,
            Representatives representatives,
            KnownCodeLists lists,
            Clock clock) {
        this.organisations = organisations;
        this.policy = policy;
        this.representatives = representatives;
        this.lists = lists;
        this.clock = clock;
    }

    /// How it ended.
    sealed interface Outcome {

        record Registered(Organisation organisation) implements Outcome {}

        record Changed(Organisation organisation) implements Outcome {}

        /// It was like that already.
        record Unchanged(Organisation organisation) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /// Makes the organisation be as written: registers it, or changes the present one of that id.
    Outcome write(UUID id, OrganisationRequest written, IfMatch ifMatch, Caller caller) {
        return attempted(id, ifMatch, caller, present -> written);
    }

    /// Changes the present one; what is not mentioned stays.
    Outcome change(UUID id, UnaryOperator<OrganisationRequest> change, IfMatch ifMatch, Caller caller) {
        return attempted(
                id,
                ifMatch,
                caller,
                present -> present == null ? null : change.apply(OrganisationRequest.of(present.profile())));
    }

    private interface Wish {
        /// What shall be written, or null if there is nothing to change.
        @Nullable
        OrganisationRequest over(@Nullable Organisation present);
    }

    private Outcome attempted(UUID id, IfMatch ifMatch, Caller caller, Wish wish) {
        try {
            return attempt(id, ifMatch, caller, wish);
        } catch (OptimisticLockingFailureException e) {
            return attempt(id, ifMatch, caller, wish);
        }
    }

    private Outcome attempt(UUID id, IfMatch ifMatch, Caller caller, Wish wish) {
        UUID account = caller.account();
        if (account == null) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        Organisation present = organisations.findById(id).orElse(null);
        if (present == null && caller.program()) {
            // Nobody would represent it.
            return new Outcome.Refused(Problem.of(403, "not-for-programs"));
        }
        if (present != null && !policy.mayChange(present, caller)) {
            return new Outcome.Refused(policy.maySee(present, caller) ? Problem.notAllowed() : Problem.notFound());
        }
        OrganisationRequest written = wish.over(present);
        if (written == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        Checks checks = new Checks();
        int thisYear = Year.now(clock).getValue();
        Profile profile = written.profile(checks, id, lists, present == null ? null : present.profile(), thisYear);
        if (profile == null) {
            return new Outcome.Refused(Problem.invalid(checks.errors()));
        }
        return present == null
                ? register(id, profile, ifMatch, account)
                : change(present, profile, ifMatch, caller.administrator());
    }

    private Outcome register(UUID id, Profile profile, IfMatch ifMatch, UUID account) {
        if (ifMatch.given()) {
            return new Outcome.Refused(Problem.of(412, "changed-meanwhile"));
        }
        Organisation registered;
        try {
            registered = organisations.save(Organisation.register(id, profile, account, now()));
        } catch (DuplicateKeyException e) {
            if (organisations.existsById(id)) {
                throw new OptimisticLockingFailureException("registered at the same moment", e);
            }
            return nameTaken(profile, id, e);
        }
        representatives.appointFirst(id, account);
        return new Outcome.Registered(registered);
    }

    private Outcome change(Organisation present, Profile profile, IfMatch ifMatch, boolean byAdministrator) {
        if (present.profile().equals(profile)) {
            return new Outcome.Unchanged(present);
        }
        Optional<Problem> refusal = ifMatch.refusal(present.version());
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        present.change(profile, byAdministrator, now());
        try {
            return new Outcome.Changed(organisations.save(present));
        } catch (DuplicateKeyException e) {
            return nameTaken(profile, present.id(), e);
        }
    }

    private Outcome nameTaken(Profile profile, UUID except, DuplicateKeyException refusal) {
        Organisation bearer = organisations
                .bearing(SearchTerms.of(profile), except)
                .orElseThrow(() -> new OptimisticLockingFailureException("the name was given back meanwhile", refusal));
        return new Outcome.Refused(
                Problem.of(409, "name-taken", bearer.id()).with("Location", "/api/v1/organisations/" + bearer.id()));
    }

    /// As precise as the store keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
