package coop.imece.directory.representation;

import coop.imece.platform.security.OrganisationRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.ListCrudRepository;

/// The representations.
interface Representations extends ListCrudRepository<Representation, UUID> {

    List<Representation> findByOrganisationAndStateOrderBySinceAscIdAsc(UUID organisation, Representation.State state);

    List<Representation> findByAccountAndState(UUID account, Representation.State state);

    /// What ended lately for an account.
    List<Representation> findByAccountAndStateAndSinceAfterOrderBySinceDesc(
            UUID account, Representation.State state, Instant after, Limit limit);

    long countByOrganisationAndStateAndRole(UUID organisation, Representation.State state, OrganisationRole role);

    /// Handovers of which only the first half is written.
    List<Representation> findByHandoverFromNotNull(Limit limit);

    List<Representation> findByAccount(UUID account);
}
