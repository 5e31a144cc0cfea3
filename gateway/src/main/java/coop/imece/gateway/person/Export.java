package coop.imece.gateway.person;

import coop.imece.gateway.account.Account;
import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.account.AccountHolding;
import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.Channel;
import coop.imece.gateway.organisation.KnownOrganisation;
import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Everything the gateway holds of a person, for that person.
@Component
class Export {

    /// One address, whole.
    record AddressHeld(Channel channel, String value, Instant provedAt) {}

    /// One organisation the person acts for, as heard from the directory.
    record Representation(UUID organisation, @Nullable LocalisedText name, OrganisationRole role) {}

    /// All of it.
    ///
    /// @param held what other packages keep, by their names
    record Content(
            UUID account,
            Instant exportedAt,
            @Nullable Instant createdAt,
            String language,
            List<NetworkRole> networkRoles,
            List<AddressHeld> addresses,
            List<Representation> organisations,
            Map<String, Object> held) {}

    private final AccountOpening accounts;
    private final AccountAddresses addresses;
    private final KnownOrganisations organisations;
    private final List<AccountHolding> holdings;
    private final Clock clock;

    Export(
            AccountOpening accounts,
            AccountAddresses addresses,
            KnownOrganisations organisations,
            List<AccountHolding> holdings,
            Clock clock) {
        this.accounts = accounts;
        this.addresses = addresses;
        this.organisations = organisations;
        this.holdings = holdings;
        this.clock = clock;
    }

    Content of(Visitor visitor) {
        UUID id = Entry.account(visitor);
        Account account = accounts.find(id).orElseThrow(() -> new ProblemException(Problem.notFound()));
        Map<String, Object> held = new LinkedHashMap<>();
        holdings.forEach(holding -> held.put(holding.name(), holding.export(id)));
        return new Content(
                id,
                clock.instant(),
                account.createdAt(),
                account.language().tag(),
                account.networkRoles().stream().sorted().toList(),
                addresses.of(id).stream().map(line -> whole(id, line)).toList(),
                represented(visitor),
                held);
    }

    private AddressHeld whole(UUID account, AccountAddresses.Held held) {
        Address address = addresses.find(account, held.id()).orElseThrow();
        return new AddressHeld(held.channel(), address.value(), held.provedAt());
    }

    /// The organisations the person acts for.
    List<Representation> represented(Visitor visitor) {
        return visitor.organisations().entrySet().stream()
                .map(entry -> new Representation(
                        entry.getKey(),
                        organisations
                                .find(entry.getKey())
                                .map(KnownOrganisation::name)
                                .orElse(null),
                        entry.getValue()))
                .toList();
    }
}
