package coop.imece.directory.representation;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/// The representations.
interface Representations extends ListCrudRepository<Representation, UUID> {

    List<Representation> findByOrganisationAndStateOrderBySinceAscIdAsc(UUID organisation, Representation.State state);

    List<Representation> findByAccountAndState(UUID account, Representation.State state);

    long countByOrganisationAndState(UUID organisation, Representation.State state);

    boolean existsByOrganisation(UUID organisation);
}
