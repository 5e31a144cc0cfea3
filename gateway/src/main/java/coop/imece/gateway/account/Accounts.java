package coop.imece.gateway.account;

import coop.imece.platform.security.NetworkRole;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.CrudRepository;

/// All accounts.
interface Accounts extends CrudRepository<Account, UUID> {

    Optional<Account> findByAddressesHash(String hash);

    List<Account> findByNetworkRolesOrderById(NetworkRole role, Limit limit);
}
