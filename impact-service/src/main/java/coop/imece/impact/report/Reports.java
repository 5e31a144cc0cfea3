package coop.imece.impact.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

interface Reports extends ListCrudRepository<Report, UUID> {

    Optional<Report> findByOrganisationAndPeriod(UUID organisation, String period);

    /// The reports of some organisations, by organisation and year.
    List<Report> findByOrganisationInOrderByPeriodDesc(Collection<UUID> organisations, Limit limit);

    /// Those in a state, oldest first, after an id.
    @Query(value = "{'state': ?0, '_id': {'$gt': ?1}}", sort = "{'_id': 1}")
    List<Report> findInState(Report.State state, UUID after, Limit limit);

    long countByState(Report.State state);

    long countByPeriodAndState(String period, Report.State state);
}
