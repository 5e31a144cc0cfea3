package coop.imece.gateway.client;

import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.organisation.KnownRepresentations;
import coop.imece.gateway.session.Visitor;
import coop.imece.gateway.session.Visitors;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.security.OrganisationRole;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// Who sees and manages which programs: representatives those of their organisation, administrators those of the
/// network. A program manages none, not even itself.
@Component
public class ClientReading {

    static final String COLLECTION = "api_clients";

    /// The last use is written, but not more often than this.
    static final Duration USED_EVERY = Duration.ofMinutes(5);

    /// More than anybody is expected to have.
    private static final int MOST = 500;

    private final ApiClients clients;
    private final MongoTemplate mongo;
    private final Visitors visitors;
    private final AccountOpening accounts;
    private final KnownRepresentations representations;
    private final Clock clock;

    ClientReading(
            ApiClients clients,
            MongoTemplate mongo,
            Visitors visitors,
            AccountOpening accounts,
            KnownRepresentations representations,
            Clock clock) {
        this.clients = clients;
        this.mongo = mongo;
        this.visitors = visitors;
        this.accounts = accounts;
        this.representations = representations;
        this.clock = clock;
    }

    /// The organisations whose programs the visitor manages.
    static List<UUID> represented(Visitor visitor) {
        return visitor.organisations().entrySet().stream()
                .filter(role -> role.getValue() == OrganisationRole.REPRESENTATIVE)
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean administrator(Visitor visitor) {
        return visitor.networkRoles().contains(NetworkRole.ADMINISTRATOR);
    }

    /// Whether the visitor manages the programs of an owner, null being the network; waits for an appointment that is
    /// still on its way before it says no.
    boolean manages(@Nullable UUID organisation, HttpServletRequest request) {
        if (Visitor.of(request).client() != null) {
            return false;
        }
        if (organisation == null) {
            return administrator(Visitor.of(request));
        }
        return visitors.represents(organisation, request)
                && Visitor.of(request).organisations().get(organisation) == OrganisationRole.REPRESENTATIVE;
    }

    /// All the visitor manages: those in use first, the youngest first.
    List<ApiClient> of(Visitor visitor) {
        if (visitor.client() != null) {
            return List.of();
        }
        List<@Nullable UUID> owners = new ArrayList<>(represented(visitor));
        if (administrator(visitor)) {
            owners.add(null);
        }
        if (owners.isEmpty()) {
            return List.of();
        }
        return mongo.find(
                Query.query(Criteria.where("organisation").in(owners))
                        .with(Sort.by(Sort.Order.asc("state"), Sort.Order.desc("createdAt"), Sort.Order.asc("_id")))
                        .limit(MOST),
                ApiClient.class);
    }

    /// The program, if the visitor manages it; whoever does not may not know that it exists.
    Optional<ApiClient> find(UUID id, HttpServletRequest request) {
        return clients.findById(id).filter(client -> {
            UUID organisation = client.organisation();
            Visitor visitor = Visitor.of(request);
            return visitor.client() == null
                    && (organisation == null
                            ? administrator(visitor)
                            : represented(visitor).contains(organisation));
        });
    }

    /// A program that runs.
    ///
    /// @param secrets those that count, the younger first; never none
    record Running(ApiClient client, List<ApiClient.Secret> secrets) {

        /// What tokens say that were got by one of them.
        Set<String> marks() {
            return secrets.stream()
                    .map(secret -> ClientSecret.mark(secret.hash()))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /// The program, as whoever runs the authorization server knows it. One whose secrets all lost their makers' trust
    /// does not run.
    Optional<Running> inUse(UUID id) {
        return clients.findById(id)
                .filter(ApiClient::active)
                .map(client -> new Running(client, secrets(client)))
                .filter(running -> !running.secrets().isEmpty());
    }

    /// Whether a program stands still until somebody who manages it makes another secret.
    boolean stopped(ApiClient client) {
        return client.active() && secrets(client).isEmpty();
    }

    /// How many programs stand still that the visitor could set going again.
    public int stopped(Visitor visitor) {
        return (int) of(visitor).stream().filter(this::stopped).count();
    }

    private List<ApiClient.Secret> secrets(ApiClient client) {
        return client.secretsAt(clock.instant(), maker -> trusted(client, maker));
    }

    /// Whether somebody may manage the program now. Whoever was shown a secret may still know it when this is over,
    /// so the secret must not outlive it; an erased account is trusted with nothing.
    boolean trusted(ApiClient client, UUID account) {
        UUID organisation = client.organisation();
        return accounts.find(account)
                .filter(found -> organisation == null
                        ? found.networkRoles().contains(NetworkRole.ADMINISTRATOR)
                        : representations.of(account).get(organisation) == OrganisationRole.REPRESENTATIVE)
                .isPresent();
    }

    /// All a person registered, or made the present secret of: its part of the account's export.
    List<ApiClient> registeredBy(UUID account) {
        return mongo.find(
                Query.query(new Criteria()
                                .orOperator(
                                        Criteria.where("registeredBy").is(account),
                                        Criteria.where("secrets.madeBy").is(account)))
                        .with(Sort.by("createdAt", "_id"))
                        .limit(MOST),
                ApiClient.class);
    }

    /// Notes that it got a token.
    void tokenIssued(UUID client) {
        clients.findById(client).ifPresent(this::used);
    }

    /// Notes that it was used; by the name of the collection, for the version is the business of commands alone.
    void used(ApiClient client) {
        Instant now = clock.instant();
        Instant last = client.lastUsedAt();
        if (last == null || last.plus(USED_EVERY).isBefore(now)) {
            mongo.updateFirst(
                    Query.query(Criteria.where("_id").is(client.id())),
                    new Update().max("lastUsedAt", now),
                    COLLECTION);
        }
    }
}
