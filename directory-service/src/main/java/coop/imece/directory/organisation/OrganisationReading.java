package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
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

    /// The organisation, if the caller may know that it is there.
    Optional<Organisation> find(UUID id, Caller caller) {
        return organisations.findById(id).filter(organisation -> policy.maySee(organisation, caller));
    }

    /// The organisation as the caller may see it.
    OrganisationAnswer answer(Organisation organisation, Caller caller) {
        return OrganisationAnswer.of(organisation, policy.sees(organisation, caller));
    }

    /// A page of the list; the contact points in it are public.
    OrganisationController.OrganisationList list(
            OrganisationFilter filter, String path, Caller caller, Language reader) {
        OrganisationFilter checked = filter.checked(lists);
        Problem refusal = policy.refusal(checked, caller);
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        boolean all = policy.seesAll(caller);
        OrganisationSearch.Found found = search.find(checked, all);
        return new OrganisationController.OrganisationList(
                found.items().stream()
                        .map(organisation -> OrganisationAnswer.of(organisation, ContactPoint.Visibility.PUBLIC))
                        .toList(),
                found.total(),
                found.more() ? checked.next(path, found.items().getLast()) : null,
                search.facets(checked, all, reader.tag()));
    }
}
