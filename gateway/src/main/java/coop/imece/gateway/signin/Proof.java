package coop.imece.gateway.signin;

import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.AddressVault;
import coop.imece.platform.aggregate.Ids;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Proves that an address is somebody's, by the code or the link that was sent to it.
@Component
class Proof {

    /// Parallel tries lose races against each other; each race lost means that another try was counted.
    private static final int RACES = 20;

    private final SignIns signIns;
    private final AddressVault vault;
    private final AccountOpening accounts;
    private final Clock clock;

    Proof(SignIns signIns, AddressVault vault, AccountOpening accounts, Clock clock) {
        this.signIns = signIns;
        this.vault = vault;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// The account of the address, if the code is right; empty for a wrong, used or expired one and for an address no
    /// code was sent to, without saying which.
    Optional<UUID> byCode(Address address, String code) {
        var id = Ids.derived("sign-in", vault.hash(address));
        String hash = vault.hash("code", id + ":" + code);
        return tried(() -> signIns.findById(id), signIn -> signIn.tryCode(hash, clock.instant()));
    }

    /// The account of the address the link was sent to, if the link is valid.
    Optional<UUID> byLink(String link) {
        String hash = vault.hash("link", link);
        return tried(() -> signIns.findByLinkHash(hash), signIn -> signIn.tryLink(hash, clock.instant()));
    }

    private interface Lookup {
        Optional<SignIn> find();
    }

    private Optional<UUID> tried(Lookup lookup, Predicate<SignIn> attempt) {
        for (int race = 0; race < RACES; race++) {
            Optional<SignIn> found = lookup.find();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            SignIn signIn = found.get();
            boolean right = attempt.test(signIn);
            try {
                signIns.save(signIn);
            } catch (OptimisticLockingFailureException _) {
                continue;
            }
            return right ? Optional.of(account(signIn)) : Optional.empty();
        }
        return Optional.empty();
    }

    private UUID account(SignIn signIn) {
        try {
            return accounts.holderOf(vault.decryptAddress("sign-in", signIn.encryptedAddress()), signIn.language());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the address of sign-in " + signIn.id() + " cannot be decrypted", e);
        }
    }
}
