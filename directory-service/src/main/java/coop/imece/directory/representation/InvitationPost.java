package coop.imece.directory.representation;

import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.store.DayQuota;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Writes invitations, and with them the messages, within the limits of the day.
@Component
class InvitationPost {

    private final Invitations invitations;
    private final DayQuota quota;
    private final InvitationLinks links;
    private final RepresentedOrganisations organisations;
    private final Clock clock;

    InvitationPost(
            Invitations invitations,
            DayQuota quota,
            InvitationLinks links,
            RepresentedOrganisations organisations,
            Clock clock) {
        this.invitations = invitations;
        this.quota = quota;
        this.links = links;
        this.organisations = organisations;
        this.clock = clock;
    }

    /// Takes one of the day's messages of the organisation and of the account; the refusal, if there is none left.
    Optional<Problem> take(int most, UUID organisation, UUID account) {
        return take(most, "account/" + account, "organisation/" + organisation);
    }

    /// The same for claims, which have limits of their own.
    Optional<Problem> takeClaim(int most, UUID organisation, UUID account) {
        return take(most, "claims-by/" + account, "claims-of/" + organisation);
    }

    /// The account first: one that has none left must not use up the day of organisations.
    private Optional<Problem> take(int most, String account, String organisation) {
        return quota.take(account, most) && quota.take(organisation, most)
                ? Optional.empty()
                : Optional.of(Problem.of(429, "too-many-requests")
                        .with("Retry-After", Long.toString(quota.untilTomorrow().toSeconds())));
    }

    Invitation send(
            UUID id,
            Invitation.Purpose purpose,
            UUID organisation,
            OrganisationRole role,
            Invitation.Inviter inviter,
            InvitedAddress address,
            Language language) {
        String name = organisations
                .find(organisation)
                .map(found -> found.name().text(language.tag()))
                .orElseThrow();
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Invitation.LIFE);
        InvitationLinks.Made made = links.make(
                id, purpose, address, language, Map.of("organisation", name, "role", role.name()), expiresAt);
        return invitations.save(Invitation.open(
                id, purpose, organisation, role, inviter, address.masked(), made.hash(), made.message()));
    }
}
