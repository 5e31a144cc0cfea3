package coop.imece.directory.representation;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Accepts an invitation: first the invitation is used up, then the account is appointed. A kill in between heals by
/// [#finishAccepted], or by whoever presses the button again.
@Component
class InvitationAcceptance {

    private static final Logger LOG = LoggerFactory.getLogger(InvitationAcceptance.class);
    private static final int MOST_AT_ONCE = 100;

    private final Invitations invitations;
    private final InvitationReading reading;
    private final RepresentativeChanges changes;

    InvitationAcceptance(Invitations invitations, InvitationReading reading, RepresentativeChanges changes) {
        this.invitations = invitations;
        this.reading = reading;
        this.changes = changes;
    }

    /// How it ended.
    sealed interface Outcome {

        record Accepted(Invitation invitation) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    Outcome accept(String token, Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        try {
            return accept(token, account);
        } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
            return accept(token, account);
        }
    }

    private Outcome accept(String token, UUID account) {
        InvitationReading.Shown shown = reading.byLink(token).orElse(null);
        if (shown == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        Invitation invitation = shown.invitation();
        if (shown.open() && invitation.accept(account, reading.now())) {
            invitation = invitations.save(invitation);
        } else if (!account.equals(invitation.acceptedBy())) {
            return new Outcome.Refused(Problem.of(409, slug(shown.state())));
        }
        if (!invitation.finished()) {
            invitation = follow(invitation);
        }
        return new Outcome.Accepted(invitation);
    }

    private static String slug(Invitation.State state) {
        return switch (state) {
            case ACCEPTED, OPEN -> "invitation-used";
            case WITHDRAWN -> "invitation-withdrawn";
            case EXPIRED -> "invitation-expired";
        };
    }

    private Invitation follow(Invitation invitation) {
        UUID account = invitation.acceptedBy();
        Instant at = invitation.acceptedAt();
        if (account != null && at != null) {
            changes.follow(
                    invitation.organisation(),
                    account,
                    invitation.role(),
                    invitation.handoverFrom(),
                    invitation.purpose() == Invitation.Purpose.INVITATION ? invitation.masked() : null,
                    at);
        }
        invitation.finish();
        return invitations.save(invitation);
    }

    /// Takes up what kills left accepted without effect.
    void finishAccepted() {
        for (Invitation invitation : invitations.findByUnfinishedSinceNotNull(Limit.of(MOST_AT_ONCE))) {
            try {
                follow(invitation);
            } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
                LOG.debug("Invitation {} is finished by somebody else", invitation.id());
            }
        }
    }
}
