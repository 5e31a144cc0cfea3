package coop.imece.directory.representation;

import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Appoints, changes roles, dismisses, hands over.
///
/// The last representative stays. How many there are is the business of several documents, so it is looked at before
/// and after: of two who dismiss each other at the same moment at least one stays. A kill between the two looks may
/// leave an organisation without representative; then it is as after an erasure: administrators see it, and it can be
/// claimed.
@Component
class RepresentativeChanges {

    private static final int MOST_AT_ONCE = 100;

    private final Representations representations;
    private final Representatives representatives;
    private final RepresentedOrganisations organisations;

    RepresentativeChanges(
            Representations representations, Representatives representatives, RepresentedOrganisations organisations) {
        this.representations = representations;
        this.representatives = representatives;
        this.organisations = organisations;
    }

    /// How it ended.
    sealed interface Outcome {

        record Appointed(Representation representation) implements Outcome {}

        record Present(Representation representation) implements Outcome {}

        record Dismissed() implements Outcome {}

        record Listed(List<Representation> representations) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Outcome list(UUID organisation, Caller caller) {
        Problem refusal = refusal(organisation, caller);
        return refusal != null ? new Outcome.Refused(refusal) : new Outcome.Listed(appointed(organisation));
    }

    List<Representation> appointed(UUID organisation) {
        return representations.findByOrganisationAndStateOrderBySinceAscIdAsc(
                organisation, Representation.State.APPOINTED);
    }

    Outcome find(UUID organisation, UUID account, Caller caller) {
        Problem refusal = account.equals(caller.account()) ? null : refusal(organisation, caller);
        return refusal != null
                ? new Outcome.Refused(refusal)
                : present(organisation, account)
                        .filter(Representation::appointed)
                        .<Outcome>map(Outcome.Present::new)
                        .orElseGet(() -> new Outcome.Refused(Problem.notFound()));
    }

    Outcome appoint(UUID organisation, UUID account, OrganisationRole role, Caller caller) {
        Problem refusal = refusal(organisation, caller);
        return refusal != null ? new Outcome.Refused(refusal) : attempted(() -> appoint(organisation, account, role));
    }

    private Outcome appoint(UUID organisation, UUID account, OrganisationRole role) {
        Representation present = present(organisation, account).orElse(null);
        if (present == null) {
            return new Outcome.Appointed(
                    representations.save(Representation.appoint(organisation, account, role, representatives.now())));
        }
        if (!present.appointed()) {
            present.appointAs(role, representatives.now());
            return new Outcome.Appointed(representations.save(present));
        }
        return present.role() == role
                ? new Outcome.Present(present)
                : new Outcome.Refused(Problem.of(409, "already-appointed"));
    }

    Outcome changeRole(
            UUID organisation, UUID account, UnaryOperator<OrganisationRole> change, IfMatch ifMatch, Caller caller) {
        Problem refusal = refusal(organisation, caller);
        return refusal != null
                ? new Outcome.Refused(refusal)
                : attempted(() -> changeRole(organisation, account, change, ifMatch));
    }

    private Outcome changeRole(
            UUID organisation, UUID account, UnaryOperator<OrganisationRole> change, IfMatch ifMatch) {
        Representation present = present(organisation, account).orElse(null);
        if (present == null || !present.appointed()) {
            return new Outcome.Refused(Problem.notFound());
        }
        OrganisationRole role = change.apply(present.role());
        if (present.role() == role) {
            return new Outcome.Present(present);
        }
        Optional<Problem> refusal = ifMatch.refusal(present.version());
        return refusal.isPresent()
                ? new Outcome.Refused(refusal.get())
                : keepingTheLast(present, p -> p.appointAs(role, representatives.now()))
                        .<Outcome>map(Outcome.Present::new)
                        .orElseGet(RepresentativeChanges::last);
    }

    /// Everybody may leave; others are dismissed by representatives and administrators.
    Outcome dismiss(UUID organisation, UUID account, Caller caller) {
        Problem refusal = account.equals(caller.account()) ? null : refusal(organisation, caller);
        return refusal != null
                ? new Outcome.Refused(refusal)
                : attempted(() -> dismiss(organisation, account, caller.account()));
    }

    private Outcome dismiss(UUID organisation, UUID account, @Nullable UUID by) {
        Representation present = present(organisation, account).orElse(null);
        if (present == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (!present.appointed()) {
            return new Outcome.Dismissed();
        }
        return keepingTheLast(present, p -> p.dismiss(by, representatives.now()))
                .<Outcome>map(_ -> new Outcome.Dismissed())
                .orElseGet(RepresentativeChanges::last);
    }

    /// Appoints the other as representative, then ends what the caller did. The first write says what the second will
    /// be, so that a kill in between heals ([#finishHandovers]).
    ///
    /// The other must act for the organisation already. To an account nobody has seen one hands over by invitation:
    /// a slip in an id would leave the organisation to nobody.
    Outcome handOver(UUID organisation, UUID successor, Caller caller) {
        Problem refusal = handoverRefusal(organisation, caller);
        UUID predecessor = caller.account();
        return refusal != null || predecessor == null
                ? new Outcome.Refused(refusal == null ? Problem.notSignedIn() : refusal)
                : attempted(() -> handOver(organisation, successor, predecessor));
    }

    private Outcome handOver(UUID organisation, UUID account, UUID predecessor) {
        Representation successor = present(organisation, account).orElse(null);
        if (successor == null || !successor.appointed() || account.equals(predecessor)) {
            return new Outcome.Refused(Problem.of(409, "cannot-hand-over"));
        }
        successor.appointAs(OrganisationRole.REPRESENTATIVE, representatives.now());
        successor.takeOverFrom(predecessor);
        finish(representations.save(successor));
        return new Outcome.Dismissed();
    }

    /// Only who represents it hands over; null if the caller may.
    @Nullable
    Problem handoverRefusal(UUID organisation, Caller caller) {
        Problem refusal = refusal(organisation, caller);
        UUID account = caller.account();
        return refusal != null || account == null || representatives.represents(organisation, account)
                ? refusal
                : Problem.of(409, "cannot-hand-over");
    }

    /// What follows from an accepted invitation. Who was appointed or dismissed since is left alone, so that a repeat
    /// changes nothing; a representative accepts no lower role.
    ///
    /// @param predecessor whose place is taken, or null
    /// @param at when it was accepted
    void follow(
            UUID organisation,
            UUID account,
            OrganisationRole role,
            @Nullable UUID predecessor,
            @Nullable String knownAs,
            Instant at) {
        Representation accepted = present(organisation, account).orElse(null);
        if (accepted == null) {
            accepted = Representation.appoint(organisation, account, role, at);
        } else if (!accepted.since().isBefore(at)) {
            finish(accepted);
            return;
        } else if (!accepted.represents()) {
            accepted.appointAs(role, at);
        }
        if (knownAs != null) {
            accepted.knownAs(knownAs);
        }
        if (predecessor != null && !predecessor.equals(account)) {
            accepted.takeOverFrom(predecessor);
        }
        finish(representations.save(accepted));
    }

    /// Ends what kills left half done.
    void finishHandovers() {
        representations.findByHandoverFromNotNull(Limit.of(MOST_AT_ONCE)).forEach(successor -> {
            try {
                finish(successor);
            } catch (OptimisticLockingFailureException _) {
                // Somebody else is at it.
            }
        });
    }

    private void finish(Representation successor) {
        UUID predecessor = successor.handoverFrom();
        if (predecessor == null) {
            return;
        }
        if (successor.represents()) {
            Representation before =
                    present(successor.organisation(), predecessor).orElse(null);
            if (before != null && before.appointed()) {
                keepingTheLast(before, b -> b.dismiss(predecessor, representatives.now()));
            }
        }
        successor.tookOver();
        representations.save(successor);
    }

    private interface Change {
        void on(Representation representation);
    }

    /// The changed one; empty, and nothing changed, if it would have left nobody.
    private Optional<Representation> keepingTheLast(Representation present, Change change) {
        boolean represented = present.represents();
        if (represented && representatives.count(present.organisation()) <= 1) {
            return Optional.empty();
        }
        change.on(present);
        Representation changed = representations.save(present);
        if (represented && !representatives.represented(present.organisation())) {
            changed.appointAs(OrganisationRole.REPRESENTATIVE, representatives.now());
            representations.save(changed);
            return Optional.empty();
        }
        return Optional.of(changed);
    }

    private static Outcome last() {
        return new Outcome.Refused(Problem.of(409, "last-representative"));
    }

    private Outcome attempted(Supplier<Outcome> attempt) {
        try {
            return attempt.get();
        } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
            return attempt.get();
        }
    }

    private Optional<Representation> present(UUID organisation, UUID account) {
        return representations.findById(Representation.idOf(organisation, account));
    }

    /// Its representatives and administrators decide about the others; null if the caller is one of them.
    @Nullable
    Problem refusal(UUID organisation, Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            return Problem.notSignedIn();
        }
        RepresentedOrganisations.Represented represented =
                organisations.find(organisation).orElse(null);
        if (represented == null) {
            return Problem.notFound();
        }
        // A program is appointed by nobody: it is what its token says.
        Optional<OrganisationRole> role = caller.program()
                ? Optional.ofNullable(caller.roleIn(organisation))
                : representatives.roleOf(organisation, account);
        if (caller.administrator() || role.filter(OrganisationRole::represents).isPresent()) {
            return null;
        }
        return represented.open() || caller.reviewer() || role.isPresent() ? Problem.notAllowed() : Problem.notFound();
    }
}
