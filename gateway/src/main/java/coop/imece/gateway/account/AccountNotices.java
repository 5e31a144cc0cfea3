package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Sealing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Tells the holder of an account what happened to it, in the write that makes it happen.
///
/// By mail to each address that gets mail; only who has none is told by SMS, once, for an SMS costs money.
@Component
class AccountNotices {

    /// Good for what may be read tomorrow, not for what surprises next month.
    private static final Duration LIFE = Duration.ofDays(2);

    /// What is sealed.
    private record Content(String address, Map<String, String> parameters) {}

    private final AddressVault vault;
    private final Sealing sealing;
    private final Clock clock;

    AccountNotices(AddressVault vault, Sealing sealing, Clock clock) {
        this.vault = vault;
        this.sealing = sealing;
        this.clock = clock;
    }

    /// An address signs in from now on: tells the others.
    void added(Account account, Account.Proved address) {
        tellOf(account, "address-added", address, others(account, address));
    }

    /// An address signs in no more: tells the others, and the address itself, whose holder may not have wanted it.
    void removed(Account account, Account.Proved address) {
        tellOf(account, "address-removed", address, others(account, address));
        tellOf(account, "address-removed", address, List.of(address));
    }

    /// Somebody signed in by an address long unused, as one does who lost the usual one: tells the others.
    void used(Account account, Account.Proved address) {
        tellOf(account, "address-used", address, others(account, address));
    }

    private static List<Account.Proved> others(Account account, Account.Proved address) {
        return account.addresses().stream()
                .filter(other -> !other.id().equals(address.id()))
                .toList();
    }

    private void tellOf(Account account, String template, Account.Proved about, List<Account.Proved> readers) {
        Map<String, String> parameters = Map.of("address", vault.open(about).masked());
        tell(account, Ids.v7().toString(), template, parameters, readers);
    }

    /// @param fact what the messages' ids derive from, so that telling of it again is recognised
    void tell(
            Account account,
            String fact,
            String template,
            Map<String, String> parameters,
            List<Account.Proved> addresses) {
        List<Account.Proved> mails = addresses.stream()
                .filter(address -> address.channel() == Channel.EMAIL)
                .toList();
        List<Account.Proved> readers =
                mails.isEmpty() ? addresses.stream().limit(1).toList() : mails;
        for (Account.Proved reader : readers) {
            UUID message = Ids.derived("account-notice", fact, reader.id().toString());
            account.tell(new SendMessage(
                    message,
                    template,
                    reader.channel().name(),
                    account.language().tag(),
                    clock.instant().plus(LIFE),
                    sealing.seal(new Content(vault.open(reader).value(), parameters))));
        }
    }
}
