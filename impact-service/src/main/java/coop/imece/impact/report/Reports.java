package coop.imece.impact.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface Reports extends ListCrudRepository<Report, UUID> {

    Optional<Report> findByOrganisationAndPeriod(UUID organisation, String period);

    List<Report> findByOrganisationInAndPeriod(Collection<UUID> organisations, String period);

    List<Report> findByStateAndSubmittedBy(Report.State state, UUID account);

    List<Report> findByStateAndReviewedBy(Report.State state, UUID account);
}
