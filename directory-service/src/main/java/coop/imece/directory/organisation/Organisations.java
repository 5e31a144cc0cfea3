package coop.imece.directory.organisation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

/// The organisations.
interface Organisations extends ListCrudRepository<Organisation, UUID> {

    /// The one that already bears one of these names in its region.
    @Query("{'terms.names': {$in: ?0}, '_id': {$ne: ?1}}")
    List<Organisation> findByClaim(List<String> names, UUID except, Limit limit);

    /// Whoever holds a claim on one of the names the terms hold, but the organisation itself.
    default Optional<Organisation> bearing(SearchTerms terms, UUID except) {
        return findByClaim(terms.names(), except, Limit.of(1)).stream().findFirst();
    }

    boolean existsByIdInAndState(Collection<UUID> ids, Organisation.State state);

    long countByState(Organisation.State state);

    /// The longest waiting first.
    List<Organisation> findByStateOrderByAsOfAscIdAsc(Organisation.State state, Limit limit);
}
