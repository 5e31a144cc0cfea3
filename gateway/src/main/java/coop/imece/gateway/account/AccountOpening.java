package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Finds the account of a proved address, or opens one.
///
/// Whoever proves to hold the address named by `IMECE_ADMIN_EMAIL` administers the network.
@Component
public class AccountOpening {

    private final Accounts accounts;
    private final AddressVault vault;
    private final Clock clock;
    private final Optional<Address> administrator;

    AccountOpening(
            Accounts accounts, AddressVault vault, Clock clock, @Value("${imece.admin-email:}") String administrator) {
        this.accounts = accounts;
        this.vault = vault;
        this.clock = clock;
        this.administrator = administrator.isBlank()
                ? Optional.empty()
                : Optional.of(Address.email(administrator)
                        .orElseThrow(() -> new IllegalStateException("IMECE_ADMIN_EMAIL is no e-mail address")));
    }

    /// The account that holds this address, from now on if it is new.
    public UUID holderOf(Address proved, Language language) {
        try {
            return found(proved, language);
        } catch (DuplicateKeyException | OptimisticLockingFailureException _) {
            // The same person signed in twice at the same moment; the other one has done the work.
            return found(proved, language);
        }
    }

    private UUID found(Address proved, Language language) {
        String hash = vault.hash(proved);
        Account account = accounts.findByAddressesHash(hash)
                .orElseGet(() -> Account.opened(
                        Ids.v7(),
                        new Account.Proved(proved.channel(), hash, vault.encrypt("account", proved), clock.instant()),
                        language));
        boolean changed = account.version() < 0;
        changed |= account.speaks(language);
        changed |= administrator.filter(proved::equals).isPresent() && account.grant(NetworkRole.ADMINISTRATOR);
        return changed ? accounts.save(account).id() : account.id();
    }

    /// The account, if it exists.
    public Optional<Account> find(UUID id) {
        return accounts.findById(id);
    }
}
