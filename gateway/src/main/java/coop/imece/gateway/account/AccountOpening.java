package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    private static final int RACES = 10;

    /// Whoever signs in by an address they did not use for so long may not be its holder: the others hear of it.
    static final Duration LONG_UNUSED = Duration.ofDays(90);

    private static final Duration USED_EVERY = Duration.ofDays(1);

    private final Accounts accounts;
    private final AddressVault vault;
    private final AccountNotices notices;
    private final Clock clock;
    private final Optional<Address> administrator;

    AccountOpening(
            Accounts accounts,
            AddressVault vault,
            AccountNotices notices,
            Clock clock,
            @Value("${imece.admin-email:}") String administrator) {
        this.accounts = accounts;
        this.notices = notices;
        this.vault = vault;
        this.clock = clock;
        this.administrator = administrator.isBlank()
                ? Optional.empty()
                : Optional.of(Address.email(administrator)
                        .orElseThrow(() -> new IllegalStateException("IMECE_ADMIN_EMAIL is no e-mail address")));
    }

    /// The account that holds this address, from now on if it is new.
    public UUID holderOf(Address proved, Language language) {
        for (int race = 1; ; race++) {
            try {
                return found(proved, language);
            } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
                // The same person signs in several times at the same moment.
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    private UUID found(Address proved, Language language) {
        String hash = vault.hash(proved);
        Account account = accounts.findByAddressesHash(hash)
                .orElseGet(() -> Account.opened(
                        Ids.v7(),
                        new Account.Proved(
                                proved.channel(),
                                hash,
                                vault.encrypt(AddressVault.ACCOUNT, proved),
                                clock.instant(),
                                clock.instant()),
                        language));
        account.speaks(language);
        account.addresses().stream()
                .filter(address -> address.hash().equals(hash))
                .forEach(address -> used(account, address));
        if (administrator.filter(proved::equals).isPresent()) {
            account.grant(NetworkRole.ADMINISTRATOR);
        }
        // Also if nothing changed: the save leaves the trace that somebody signed in to this account.
        return accounts.save(account).id();
    }

    private void used(Account account, Account.Proved address) {
        Instant now = clock.instant();
        Instant before = address.usedAt();
        if (before == null || before.plus(LONG_UNUSED).isBefore(now)) {
            notices.used(account, address);
        }
        if (before == null || before.plus(USED_EVERY).isBefore(now)) {
            account.used(address, now);
        }
    }

    /// The account, if it exists and was not erased.
    public Optional<Account> find(UUID id) {
        return accounts.findById(id).filter(account -> !account.erased());
    }

    /// The account an address signs in to, if there is one.
    Optional<Account> find(Address address) {
        return accounts.findByAddressesHash(vault.hash(address));
    }

    /// Leaves the trace that sessions of this account were ended: sessions are no aggregates, so their account speaks
    /// for them in the audit.
    public void sessionsEnded(UUID id) {
        for (int race = 1; ; race++) {
            try {
                find(id).ifPresent(accounts::save);
                return;
            } catch (OptimisticLockingFailureException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }
}
