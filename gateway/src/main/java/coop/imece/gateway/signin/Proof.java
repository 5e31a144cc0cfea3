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
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Proves that an address is somebody's, by the code or the link that was sent to it.
@Component
public class Proof {

    /// Parallel tries lose races against each other; each race lost means that another try was counted.
    private static final int RACES = 20;

    private static final int LONGEST_TYPED = 40;

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
    Optional<UUID> byCode(Address address, @Nullable String typed) {
        return triedCode(address, typed).map(this::account);
    }

    /// Whether the code is right, whoever holds the address: for those who are signed in already.
    public boolean proves(Address address, @Nullable String typed) {
        return triedCode(address, typed).isPresent();
    }

    private Optional<SignIn> triedCode(Address address, @Nullable String typed) {
        if (typed == null || typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        var id = Ids.derived("sign-in", vault.hash(address));
        String hash = vault.hash("code", id + ":" + digits(typed));
        return tried(() -> signIns.findById(id), signIn -> signIn.tryCode(hash, clock.instant()));
    }

    /// People write codes in groups, and in the digits of their keyboard.
    private static String digits(String code) {
        StringBuilder digits = new StringBuilder();
        code.codePoints().filter(c -> !Character.isWhitespace(c) && c != '-').forEach(c -> {
            int digit = Character.digit(c, 10);
            digits.appendCodePoint(digit < 0 ? c : '0' + digit);
        });
        return digits.toString();
    }

    /// The account of the address the link was sent to, if the link is valid.
    Optional<UUID> byLink(String link) {
        String hash = vault.hash("link", link);
        return tried(() -> signIns.findByLinkHash(hash), signIn -> signIn.tryLink(hash, clock.instant()))
                .map(this::account);
    }

    private interface Lookup {
        Optional<SignIn> find();
    }

    private Optional<SignIn> tried(Lookup lookup, Predicate<SignIn> attempt) {
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
            return right ? Optional.of(signIn) : Optional.empty();
        }
        return Optional.empty();
    }

    private UUID account(SignIn signIn) {
        try {
            return accounts.holderOf(
                    vault.decryptAddress(SignIn.PURPOSE, signIn.encryptedAddress()), signIn.language());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the address of sign-in " + signIn.id() + " cannot be decrypted", e);
        }
    }
}
