package coop.imece.directory.representation;

import coop.imece.platform.text.LocalisedText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What invitations are worth now.
@Component
class InvitationReading {

    private final Invitations invitations;
    private final Representatives representatives;
    private final RepresentedOrganisations organisations;

    InvitationReading(
            Invitations invitations, Representatives representatives, RepresentedOrganisations organisations) {
        this.invitations = invitations;
        this.representatives = representatives;
        this.organisations = organisations;
    }

    /// What an invitation says to whoever opens its link.
    ///
    /// @param invitation the invitation
    /// @param organisation the organisation's name
    /// @param state what it is worth now
    record Shown(Invitation invitation, LocalisedText organisation, Invitation.State state) {

        boolean open() {
            return state == Invitation.State.OPEN;
        }
    }

    Optional<Shown> byLink(String token) {
        return invitations.findByLinkHash(InvitationLinks.hash(token)).flatMap(this::shown);
    }

    private Optional<Shown> shown(Invitation invitation) {
        return organisations
                .find(invitation.organisation())
                .map(organisation -> new Shown(invitation, organisation.name(), state(invitation)));
    }

    /// An invitation is worth what its inviter is: who was dismissed leaves no back door.
    Invitation.State state(Invitation invitation) {
        Invitation.State state = invitation.state(now());
        return state == Invitation.State.OPEN && !stands(invitation) ? Invitation.State.WITHDRAWN : state;
    }

    private boolean stands(Invitation invitation) {
        return switch (invitation.purpose()) {
            case INVITATION ->
                invitation.byAdministrator()
                        || representatives.represents(invitation.organisation(), invitation.invitedBy());
            case CLAIM -> !representatives.represented(invitation.organisation());
        };
    }

    /// The open invitations of an organisation, newest first.
    List<Invitation> open(UUID organisation) {
        return invitations
                .findByOrganisationAndPurposeAndStateAndExpiresAtAfterOrderByExpiresAtDesc(
                        organisation, Invitation.Purpose.INVITATION, Invitation.State.OPEN, now())
                .stream()
                .filter(this::stands)
                .toList();
    }

    Instant now() {
        return representatives.now();
    }
}
