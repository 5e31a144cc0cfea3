package coop.imece.gateway.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import coop.imece.gateway.account.Account;
import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.session.Programs;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.security.OrganisationRole;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds out which program sends a request, and what it may do now.
///
/// A token says only what was granted when it was issued. Whether the program still runs, and what is left of its
/// scopes, is read for each request and remembered for [#MEMORY] at most, so its end counts within a second on every
/// instance. What a program of the network may do, whoever made its secret must still be allowed.
@Component
class ProgramVisitors implements Programs {

    static final Duration MEMORY = Duration.ofMillis(500);

    private final AccessTokens tokens;
    private final ClientReading clients;
    private final AccountOpening accounts;
    private final Cache<UUID, Optional<Known>> remembered =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(10_000).build();

    ProgramVisitors(AccessTokens tokens, ClientReading clients, AccountOpening accounts) {
        this.tokens = tokens;
        this.clients = clients;
        this.accounts = accounts;
    }

    @Override
    public Optional<Visitor> holderOf(String accessToken) {
        return tokens.verify(accessToken)
                .flatMap(access -> program(access.client())
                        .filter(known -> known.secrets().contains(access.secret()))
                        .map(known -> within(known.visitor(), access.scopes())));
    }

    /// @param visitor the program with all its scopes
    /// @param secrets the marks of those that count; a token got by another counts no more
    private record Known(Visitor visitor, Set<String> secrets) {}

    /// What was remembered of it here does not count any more.
    void forget(UUID client) {
        remembered.invalidate(client);
    }

    private Optional<Known> program(UUID client) {
        Optional<Known> known = remembered.getIfPresent(client);
        if (known == null) {
            known = clients.inUse(client).map(running -> {
                clients.used(running.client());
                return new Known(visitor(running.client()), running.marks());
            });
            remembered.put(client, known);
        }
        return known;
    }

    private Visitor visitor(ApiClient client) {
        UUID organisation = client.organisation();
        return Visitor.client(
                client.id(),
                ApiClient.accountOf(client.id()),
                organisation == null ? keepersRoles(client) : Set.of(),
                organisation == null ? Map.of() : Map.of(organisation, OrganisationRole.REPRESENTATIVE),
                Set.copyOf(Scope.values(client.scopes())));
    }

    private Set<NetworkRole> keepersRoles(ApiClient client) {
        return accounts.find(client.keeper()).map(Account::networkRoles).orElse(Set.of());
    }

    private static Visitor within(Visitor program, Set<String> granted) {
        Set<String> scopes =
                program.scopes().stream().filter(granted::contains).collect(Collectors.toUnmodifiableSet());
        Set<NetworkRole> keepers = program.networkRoles();
        Set<NetworkRole> roles = EnumSet.noneOf(NetworkRole.class);
        if (scopes.contains(Scope.NETWORK_ADMIN.value()) && keepers.contains(NetworkRole.ADMINISTRATOR)) {
            roles.add(NetworkRole.ADMINISTRATOR);
        }
        if (scopes.contains(Scope.IMPACT_REVIEW.value()) && !keepers.isEmpty()) {
            roles.add(NetworkRole.REVIEWER);
        }
        return Visitor.client(
                java.util.Objects.requireNonNull(program.client()),
                java.util.Objects.requireNonNull(program.account()),
                Set.copyOf(roles),
                program.organisations(),
                scopes);
    }
}
