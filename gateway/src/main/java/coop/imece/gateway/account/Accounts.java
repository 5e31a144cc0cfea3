package coop.imece.gateway.account;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

/// All accounts.
interface Accounts extends CrudRepository<Account, UUID> {

    Optional<Account> findByAddressesHash(String hash);
}
