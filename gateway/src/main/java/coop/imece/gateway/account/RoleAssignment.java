package coop.imece.gateway.account;

import coop.imece.platform.security.NetworkRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Who administers and who reviews in the whole network: appointed by an administrator, never by oneself.
@Component
class RoleAssignment {

    /// A network has a handful of them.
    private static final Limit MOST = Limit.of(200);

    /// What came of it.
    sealed interface Outcome {

        /// The account has these roles from now on, and no others.
        record Assigned(Account account) implements Outcome {}

        /// A network without administrator could get one again only by its installation.
        record OwnRole() implements Outcome {}

        /// Nobody else would administer the network: others are losing the role at the same moment.
        record OnlyAdministrator() implements Outcome {}
    }

    private final Accounts accounts;
    private final AccountOpening opening;
    private final AccountAddresses addresses;
    private final Administrators administrators;

    RoleAssignment(
            Accounts accounts, AccountOpening opening, AccountAddresses addresses, Administrators administrators) {
        this.administrators = administrators;
        this.accounts = accounts;
        this.opening = opening;
        this.addresses = addresses;
    }

    Optional<Account> find(UUID id) {
        return opening.find(id);
    }

    Optional<Account> find(Address address) {
        return opening.find(address);
    }

    List<Account> holders(NetworkRole role) {
        return accounts.findByNetworkRolesOrderById(role, MOST);
    }

    /// The addresses of an account, so that an administrator who knows them recognises it.
    List<String> masked(Account account) {
        return addresses.of(account.id()).stream()
                .map(AccountAddresses.Held::masked)
                .toList();
    }

    /// Replaces the roles of an account.
    ///
    /// @param by who does it
    Outcome assign(UUID by, Account account, Set<NetworkRole> roles) {
        if (by.equals(account.id())
                && account.networkRoles().contains(NetworkRole.ADMINISTRATOR)
                && !roles.contains(NetworkRole.ADMINISTRATOR)) {
            return new Outcome.OwnRole();
        }
        boolean loses = account.networkRoles().contains(NetworkRole.ADMINISTRATOR)
                && !roles.contains(NetworkRole.ADMINISTRATOR);
        return loses
                ? administrators
                        .without(account.id(), () -> assigned(account, roles))
                        .orElseGet(Outcome.OnlyAdministrator::new)
                : assigned(account, roles);
    }

    private Outcome assigned(Account account, Set<NetworkRole> roles) {
        account.assign(roles);
        return new Outcome.Assigned(accounts.save(account));
    }
}
