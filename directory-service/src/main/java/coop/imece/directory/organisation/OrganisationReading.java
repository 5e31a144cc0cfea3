package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What somebody may read.
@Component
class OrganisationReading {

    private final Organisations organisations;
    private final OrganisationSearch search;
    private final OrganisationPolicy policy;
    private final KnownCodeLists lists;

    OrganisationReading(
            Organisations organisations, OrganisationSearch search, OrganisationPolicy policy, KnownCodeLists lists) {
        this.organisations = organisations;
        this.search = search;
        this.policy = policy;
        this.lists = lists;
    }

    Optional<Organisation> find(UUID id) {
        return organisations.findById(id);
    }

    /// The organisation as the caller may see it.
    OrganisationAnswer answer(Organisation organisation, Caller caller) {
        return OrganisationAnswer.of(organisation, policy.sees(organisation, caller));
    }

    /// A page of the public list.
    OrganisationController.OrganisationList list(OrganisationFilter filter, String path, Language reader) {
        OrganisationFilter checked = filter.checked(lists);
        OrganisationSearch.Found found = search.find(checked);
        return new OrganisationController.OrganisationList(
                found.items().stream()
                        .map(organisation -> OrganisationAnswer.of(organisation, ContactPoint.Visibility.PUBLIC))
                        .toList(),
                found.total(),
                found.more() ? checked.next(path, found.items().getLast()) : null,
                search.facets(checked, reader.tag()));
    }
}
