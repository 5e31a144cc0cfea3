package coop.imece.gateway.account;

import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// The addresses of an account: any of them signs in, so whoever loses one gets back in by another.
///
/// The caller has proved what this changes: an address added, by a code sent to it.
@Component
public class AccountAddresses {

    private static final int RACES = 5;

    /// An address as its holder sees it.
    ///
    /// @param id what it is called
    /// @param channel how it is reached
    /// @param masked enough to recognise it by
    /// @param provedAt when it was first proved
    public record Held(UUID id, Channel channel, String masked, Instant provedAt) {}

    /// What came of adding one.
    public sealed interface Addition {

        /// It signs in to this account from now on, or did already.
        record Added() implements Addition {}

        /// It signs in to another account. Its holder, who just proved it, may know.
        record Taken() implements Addition {}

        /// The account has [Account#MOST_ADDRESSES].
        record Full() implements Addition {}
    }

    /// What came of removing one.
    public sealed interface Removal {

        /// It signs in to this account no longer.
        record Removed() implements Removal {}

        /// It is the only one left.
        record Last() implements Removal {}

        /// The account does not hold it.
        record Unknown() implements Removal {}
    }

    private final Accounts accounts;
    private final AddressVault vault;
    private final AccountNotices notices;
    private final Clock clock;

    AccountAddresses(Accounts accounts, AddressVault vault, AccountNotices notices, Clock clock) {
        this.accounts = accounts;
        this.vault = vault;
        this.notices = notices;
        this.clock = clock;
    }

    /// The addresses of an account, the oldest first.
    public List<Held> of(UUID account) {
        return loaded(account).addresses().stream().map(this::held).toList();
    }

    /// One address in full.
    public Optional<Address> find(UUID account, UUID address) {
        return loaded(account).address(address).map(vault::open);
    }

    private Held held(Account.Proved proved) {
        return new Held(proved.id(), proved.channel(), vault.open(proved).masked(), proved.provedAt());
    }

    /// Adds an address that was just proved.
    public Addition add(UUID account, Address address) {
        try {
            return changed(account, loaded -> added(loaded, address));
        } catch (DuplicateKeyException _) {
            return new Addition.Taken();
        }
    }

    private Addition added(Account account, Address address) {
        String hash = vault.hash(address);
        if (account.holds(hash)) {
            return new Addition.Added();
        }
        if (account.addresses().size() >= Account.MOST_ADDRESSES) {
            return new Addition.Full();
        }
        Account.Proved added = new Account.Proved(
                address.channel(), hash, vault.encrypt(AddressVault.ACCOUNT, address), clock.instant(), null);
        account.add(added);
        notices.added(account, added);
        accounts.save(account);
        return new Addition.Added();
    }

    /// Gives up an address. Whoever proves it afterwards opens an account of their own.
    public Removal remove(UUID account, UUID address) {
        return changed(account, loaded -> removed(loaded, address));
    }

    private Removal removed(Account account, UUID address) {
        Optional<Account.Proved> held = account.address(address);
        if (held.isEmpty()) {
            return new Removal.Unknown();
        }
        if (!account.remove(held.get())) {
            return new Removal.Last();
        }
        notices.removed(account, held.get());
        accounts.save(account);
        return new Removal.Removed();
    }

    /// Tells the holder of an account something, at all its addresses; nothing if it was erased meanwhile. To tell the
    /// same fact again sends nothing again.
    ///
    /// @param template a message there are words for
    /// @param parameters what they need, by the language of the account
    public void tell(UUID account, String fact, String template, Function<Language, Map<String, String>> parameters) {
        if (accounts.findById(account).filter(found -> !found.erased()).isPresent()) {
            changed(account, loaded -> {
                notices.tell(loaded, fact, template, parameters.apply(loaded.language()), loaded.addresses());
                return accounts.save(loaded);
            });
        }
    }

    private <T> T changed(UUID account, Function<Account, T> change) {
        for (int race = 1; ; race++) {
            try {
                return change.apply(loaded(account));
            } catch (OptimisticLockingFailureException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    private Account loaded(UUID account) {
        return accounts.findById(account)
                .filter(found -> !found.erased())
                // A program is signed in, too, and is nobody.
                .orElseThrow(() -> new ProblemException(Problem.notFound()));
    }
}
