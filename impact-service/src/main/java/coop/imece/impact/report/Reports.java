package coop.imece.impact.report;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface Reports extends ListCrudRepository<Report, UUID> {

    Optional<Report> findByOrganisationAndPeriod(UUID organisation, String period);
}
