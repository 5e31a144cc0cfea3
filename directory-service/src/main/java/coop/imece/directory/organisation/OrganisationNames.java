package coop.imece.directory.organisation;

import coop.imece.directory.representation.RepresentedOrganisations;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What the package of representation may know of organisations.
@Component
class OrganisationNames implements RepresentedOrganisations {

    private final Organisations organisations;

    OrganisationNames(Organisations organisations) {
        this.organisations = organisations;
    }

    @Override
    public Optional<Represented> find(UUID organisation) {
        return organisations
                .findById(organisation)
                .map(found -> new Represented(found.id(), found.profile().name(), found.open()));
    }
}
