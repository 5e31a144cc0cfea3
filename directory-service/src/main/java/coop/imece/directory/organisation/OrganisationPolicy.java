package coop.imece.directory.organisation;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.web.Problem;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who may do what with an organisation. Representation is asked from the truth, not from the caller's token, so there
/// is nothing to wait for; only a program is what its token says, because nobody is appointed to be one.
///
/// | who | sees it | contact points up to | changes it | verifies it |
/// |---|---|---|---|---|
/// | anyone | verified | `PUBLIC` | | |
/// | whoever acts for another, verified organisation | verified | `MEMBERS` | | |
/// | its viewer, reporter | always | `REPRESENTATIVES` | | |
/// | its editor, representative | always | `REPRESENTATIVES` | yes | |
/// | reviewer | always | `REPRESENTATIVES` | | unless it is the reviewer's own |
/// | administrator | always | `REPRESENTATIVES` | yes | yes |
@Component
class OrganisationPolicy {

    private final Representatives representatives;
    private final Organisations organisations;

    OrganisationPolicy(Representatives representatives, Organisations organisations) {
        this.representatives = representatives;
        this.organisations = organisations;
    }

    /// Strangers do not learn that what nobody has verified is there.
    boolean maySee(Organisation organisation, Caller caller) {
        return organisation.open()
                || caller.reviewer()
                || role(organisation, caller).isPresent();
    }

    /// Why the caller may not ask a list for this; null if there is no reason. Where nobody is in charge is not for
    /// everybody to know.
    @Nullable
    Problem refusal(OrganisationFilter filter, Caller caller) {
        if (filter.represented() == null || caller.administrator()) {
            return null;
        }
        return caller.signedIn() ? Problem.notAllowed() : Problem.notSignedIn();
    }

    /// Whether lists show the caller what waits for verification.
    boolean seesAll(Caller caller) {
        return caller.reviewer();
    }

    boolean mayChange(Organisation organisation, Caller caller) {
        return caller.administrator()
                || role(organisation, caller).filter(OrganisationRole::edits).isPresent();
    }

    /// Reviewers verify it, but not for themselves; an administrator answers for that.
    boolean mayVerify(Organisation organisation, Caller caller) {
        return caller.administrator()
                || (caller.reviewer() && role(organisation, caller).isEmpty());
    }

    /// Who decides about the people of it, or is one of them.
    boolean maySeePeople(Organisation organisation, Caller caller) {
        return caller.administrator() || role(organisation, caller).isPresent();
    }

    /// Which contact points the caller sees.
    ContactPoint.Visibility sees(Organisation organisation, Caller caller) {
        if (caller.reviewer() || role(organisation, caller).isPresent()) {
            return ContactPoint.Visibility.REPRESENTATIVES;
        }
        return actsForAVerifiedOne(caller) ? ContactPoint.Visibility.MEMBERS : ContactPoint.Visibility.PUBLIC;
    }

    /// Anybody can register an organisation; it makes a member only once somebody has looked at it.
    private boolean actsForAVerifiedOne(Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            return false;
        }
        Collection<UUID> own =
                caller.program() ? caller.organisations().keySet() : representatives.organisationsOf(account);
        return !own.isEmpty() && organisations.existsByIdInAndState(own, Organisation.State.VERIFIED);
    }

    /// Whoever registered it is its first representative even if the service died between the two writes.
    private Optional<OrganisationRole> role(Organisation organisation, Caller caller) {
        UUID account = caller.account();
        if (account == null) {
            return Optional.empty();
        }
        if (caller.program()) {
            return Optional.ofNullable(caller.roleIn(organisation.id()));
        }
        if (account.equals(organisation.registeredBy())) {
            representatives.appointFirst(organisation.id(), account);
        }
        return representatives.roleOf(organisation.id(), account);
    }
}
