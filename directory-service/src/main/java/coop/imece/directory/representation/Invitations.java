package coop.imece.directory.representation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.ListCrudRepository;

/// The invitations.
interface Invitations extends ListCrudRepository<Invitation, UUID> {

    Optional<Invitation> findByLinkHash(String linkHash);

    List<Invitation> findByOrganisationAndPurposeAndStateAndExpiresAtAfterOrderByExpiresAtDesc(
            UUID organisation, Invitation.Purpose purpose, Invitation.State state, Instant now);

    long countByOrganisationAndPurposeAndStateAndExpiresAtAfter(
            UUID organisation, Invitation.Purpose purpose, Invitation.State state, Instant now);

    List<Invitation> findByAcceptedBy(UUID account);

    List<Invitation> findByInvitedByAndPurposeAndStateAndExpiresAtAfterOrderByExpiresAtDesc(
            UUID account, Invitation.Purpose purpose, Invitation.State state, Instant now, Limit limit);

    /// Accepted ones of which nothing followed yet.
    List<Invitation> findByUnfinishedSinceNotNull(Limit limit);
}
