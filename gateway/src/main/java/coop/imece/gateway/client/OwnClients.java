package coop.imece.gateway.client;

import coop.imece.gateway.account.AccountHolding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a person has to do with programs, for the export of the account.
///
/// Nothing is taken away at an erasure: a program is its organisation's. It stands still from then on until another
/// representative makes a secret for it ([ClientReading#trusted]).
@Component
class OwnClients implements AccountHolding {

    /// A program as the export shows it.
    ///
    /// @param registered whether this person registered it, or only made a secret for it
    record Kept(
            UUID id,
            @Nullable UUID organisation,
            String name,
            List<String> scopes,
            ApiClient.State state,
            Instant createdAt,
            boolean registered) {}

    private final ClientReading clients;

    OwnClients(ClientReading clients) {
        this.clients = clients;
    }

    @Override
    public String name() {
        return "clients";
    }

    @Override
    public List<Kept> export(UUID account) {
        return clients.registeredBy(account).stream()
                .map(client -> new Kept(
                        client.id(),
                        client.organisation(),
                        client.name(),
                        Scope.values(client.scopes()),
                        client.state(),
                        client.createdAt(),
                        client.registeredBy().equals(account)))
                .toList();
    }

    @Override
    public void erase(UUID account) {}
}
