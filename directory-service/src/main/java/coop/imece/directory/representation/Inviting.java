package coop.imece.directory.representation;

import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Invites, lists, withdraws; hands over by invitation.
@Component
class Inviting {

    static final int MOST_OPEN = 20;
    static final int MOST_A_DAY = 50;

    private final Invitations invitations;
    private final RepresentativeChanges changes;
    private final InvitationReading reading;
    private final InvitationPost post;

    Inviting(Invitations invitations, RepresentativeChanges changes, InvitationReading reading, InvitationPost post) {
        this.invitations = invitations;
        this.changes = changes;
        this.reading = reading;
        this.post = post;
    }

    /// How it ended.
    sealed interface Outcome {

        record Invited(Invitation invitation) implements Outcome {}

        /// It was sent before, under the same Idempotency-Key.
        record Present(Invitation invitation) implements Outcome {}

        record Done() implements Outcome {}

        record Listed(List<Invitation> invitations) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Outcome list(UUID organisation, Caller caller) {
        Problem refusal = changes.refusal(organisation, caller);
        return refusal != null ? new Outcome.Refused(refusal) : new Outcome.Listed(reading.open(organisation));
    }

    /// @param id of the new invitation
    Outcome invite(
            UUID id,
            UUID organisation,
            InvitedAddress address,
            OrganisationRole role,
            Language language,
            Caller caller) {
        Problem refusal = changes.refusal(organisation, caller);
        UUID account = caller.account();
        if (refusal != null || account == null) {
            return new Outcome.Refused(refusal == null ? Problem.notSignedIn() : refusal);
        }
        Optional<Invitation> before = invitations.findById(id);
        if (before.isPresent()) {
            return new Outcome.Present(before.get());
        }
        if (reading.open(organisation).size() >= MOST_OPEN) {
            return new Outcome.Refused(Problem.of(409, "too-many-invitations", MOST_OPEN));
        }
        return post.take(MOST_A_DAY, organisation, account)
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> send(id, organisation, address, role, language, caller, account));
    }

    private Outcome send(
            UUID id,
            UUID organisation,
            InvitedAddress address,
            OrganisationRole role,
            Language language,
            Caller caller,
            UUID account) {
        try {
            return new Outcome.Invited(post.send(
                    id,
                    Invitation.Purpose.INVITATION,
                    organisation,
                    role,
                    new Invitation.Inviter(account, caller.administrator()),
                    address,
                    language));
        } catch (DuplicateKeyException e) {
            return new Outcome.Present(invitations.findById(id).orElseThrow(() -> e));
        }
    }

    Outcome withdraw(UUID organisation, UUID id, Caller caller) {
        Problem refusal = changes.refusal(organisation, caller);
        return refusal != null ? new Outcome.Refused(refusal) : attempted(() -> withdraw(organisation, id));
    }

    private Outcome withdraw(UUID organisation, UUID id) {
        Invitation invitation = find(organisation, id);
        if (invitation == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (invitation.withdraw(reading.now())) {
            invitations.save(invitation);
        }
        return invitation.acceptedBy() == null
                ? new Outcome.Done()
                : new Outcome.Refused(Problem.of(409, "invitation-used"));
    }

    /// Whoever accepts the invitation takes the caller's place.
    Outcome handOver(UUID organisation, UUID id, Caller caller) {
        Problem refusal = changes.handoverRefusal(organisation, caller);
        UUID account = caller.account();
        return refusal != null || account == null
                ? new Outcome.Refused(refusal == null ? Problem.notSignedIn() : refusal)
                : attempted(() -> handOver(organisation, id, account));
    }

    private Outcome handOver(UUID organisation, UUID id, UUID account) {
        Invitation invitation = find(organisation, id);
        if (invitation == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (reading.state(invitation) != Invitation.State.OPEN
                || !invitation.role().represents()) {
            return new Outcome.Refused(Problem.of(409, "cannot-hand-over"));
        }
        invitation.handOverFrom(account);
        return new Outcome.Present(invitations.save(invitation));
    }

    private @Nullable Invitation find(UUID organisation, UUID id) {
        return invitations
                .findById(id)
                .filter(found ->
                        found.organisation().equals(organisation) && found.purpose() == Invitation.Purpose.INVITATION)
                .orElse(null);
    }

    private interface Attempt {
        Outcome run();
    }

    private static Outcome attempted(Attempt attempt) {
        try {
            return attempt.run();
        } catch (OptimisticLockingFailureException e) {
            return attempt.run();
        }
    }
}
