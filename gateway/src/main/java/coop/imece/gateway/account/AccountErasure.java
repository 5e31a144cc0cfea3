package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Erases an account at its holder's wish, here at once and in every service by [EraseSubject].
///
/// The account is emptied first, in one write with the command: from then on its sessions are nobody's, whatever is
/// killed before the rest is gone. What other packages keep of it ([AccountHolding]) follows.
@Component
public class AccountErasure {

    private static final int RACES = 5;

    /// What came of it.
    public sealed interface Outcome {

        /// It is done here; the receipts of the services come in under this id.
        record Erased(UUID erasure) implements Outcome {}

        /// Nobody else could administer the network.
        record OnlyAdministrator() implements Outcome {}
    }

    private final Accounts accounts;
    private final AddressVault vault;
    private final Administrators administrators;
    private final List<AccountHolding> holdings;
    private final Clock clock;

    AccountErasure(
            Accounts accounts,
            AddressVault vault,
            Administrators administrators,
            List<AccountHolding> holdings,
            Clock clock) {
        this.accounts = accounts;
        this.vault = vault;
        this.administrators = administrators;
        this.holdings = holdings;
        this.clock = clock;
    }

    /// Erases the account.
    public Outcome erase(UUID account) {
        for (int race = 1; ; race++) {
            try {
                return erased(account);
            } catch (OptimisticLockingFailureException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    private Outcome erased(UUID id) {
        Account account = accounts.findById(id)
                .filter(found -> !found.erased())
                .orElseThrow(() -> new ProblemException(Problem.notFound()));
        return account.networkRoles().contains(NetworkRole.ADMINISTRATOR)
                ? administrators.without(id, () -> emptied(account)).orElseGet(Outcome.OnlyAdministrator::new)
                : emptied(account);
    }

    private Outcome emptied(Account account) {
        UUID erasure = Ids.v7();
        account.erase(erasure, tombstones(account), clock.instant());
        accounts.save(account);
        holdings.forEach(holding -> holding.erase(account.id()));
        return new Outcome.Erased(erasure);
    }

    /// Whether nobody else administers the network.
    public boolean onlyAdministrator(UUID account) {
        return accounts.findById(account)
                .filter(found ->
                        found.networkRoles().contains(NetworkRole.ADMINISTRATOR) && administrators.only(account))
                .isPresent();
    }

    /// Hashes for this account alone: nothing that is kept of a later account with the same address equals them.
    private List<String> tombstones(Account account) {
        return account.addresses().stream()
                .map(address -> "erased:" + vault.hash("erased-address", account.id() + ":" + address.hash()))
                .toList();
    }
}
