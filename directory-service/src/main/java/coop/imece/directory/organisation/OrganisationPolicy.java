package coop.imece.directory.organisation;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.security.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Who may do what with an organisation. Representation is asked from the truth, not from the caller's token, so there
/// is nothing to wait for.
@Component
class OrganisationPolicy {

    private final Representatives representatives;

    OrganisationPolicy(Representatives representatives) {
        this.representatives = representatives;
    }

    /// Its representatives and administrators change it.
    boolean mayChange(Organisation organisation, Caller caller) {
        return caller.administrator() || represents(organisation, caller);
    }

    /// Reviewers verify it, but not for themselves; an administrator answers for that.
    boolean mayVerify(Organisation organisation, Caller caller) {
        return caller.administrator() || (caller.reviewer() && !represents(organisation, caller));
    }

    /// Which contact points the caller sees.
    ContactPoint.Visibility sees(Organisation organisation, Caller caller) {
        if (caller.reviewer() || represents(organisation, caller)) {
            return ContactPoint.Visibility.REPRESENTATIVES;
        }
        return caller.organisations().isEmpty() ? ContactPoint.Visibility.PUBLIC : ContactPoint.Visibility.MEMBERS;
    }

    /// Whoever registered it is its first representative even if the service died between the two writes. A program
    /// is appointed by nobody: it belongs to the organisation in its token.
    private boolean represents(Organisation organisation, Caller caller) {
        if (caller.program()) {
            return caller.represents(organisation.id());
        }
        UUID account = caller.account();
        if (account == null) {
            return false;
        }
        if (account.equals(organisation.registeredBy())) {
            representatives.appointFirst(organisation.id(), account);
        }
        return representatives.represents(organisation.id(), account);
    }
}
