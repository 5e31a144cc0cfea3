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
        boolean spoke = account.speaks(language);
        boolean used = used(account, hash);
        boolean granted = administrator.filter(proved::equals).isPresent() && account.grant(NetworkRole.ADMINISTRATOR);
        boolean changed = account.version() < 0 || spoke || used || granted;
        // That somebody signed in is in the audit by the session.
        return (changed ? accounts.save(account) : account).id();
    }

    /// Whether there is something to save.
    private boolean used(Account account, String hash) {
        Account.Proved address = account.addresses().stream()
                .filter(held -> held.hash().equals(hash))
                .findFirst()
                .orElseThrow();
        Instant now = clock.instant();
        Instant before = address.usedAt();
        if (before != null && before.plus(USED_EVERY).isAfter(now)) {
            return false;
        }
        if (before == null || before.plus(LONG_UNUSED).isBefore(now)) {
            notices.used(account, address);
        }
        account.used(address, now);
        return true;
    }

    /// The account, if it exists and was not erased.
    public Optional<Account> find(UUID id) {
        return accounts.findById(id).filter(account -> !account.erased());
    }

    /// The account an address signs in to, if there is one.
    Optional<Account> find(Address address) {
        return accounts.findByAddressesHash(vault.hash(address));
    }
}
