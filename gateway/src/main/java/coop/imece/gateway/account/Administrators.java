package coop.imece.gateway.account;

import coop.imece.platform.security.NetworkRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;

/// Sees to it that the network never loses its last administrator, even if several leave at the same moment.
///
/// Accounts are documents of their own, so nobody can change two at once. Whoever takes the role from an account first
/// says so in a notice, then reads the notices, then who has the role: of two who leave at a time at least one sees the
/// other's notice and stays. Both may stay; they try again. A notice that a kill left behind expires.
@Component
class Administrators {

    private static final Limit MOST = Limit.of(200);

    /// Somebody is about to lose the role.
    @Document("leaving_administrators")
    record Leaving(
            @Id UUID account, @Indexed(expireAfter = "10m") Instant since) {}

    private final Accounts accounts;
    private final MongoTemplate mongo;
    private final Clock clock;

    Administrators(Accounts accounts, MongoTemplate mongo, Clock clock) {
        this.accounts = accounts;
        this.mongo = mongo;
        this.clock = clock;
    }

    /// Takes the role from the account by the change; empty, and nothing done, if nobody else would have it then.
    <T> Optional<T> without(UUID account, Supplier<T> change) {
        Leaving notice = new Leaving(account, clock.instant());
        mongo.save(notice);
        try {
            // In this order: who is not on notice any more has lost the role before it is asked for.
            Set<UUID> leaving =
                    mongo.findAll(Leaving.class).stream().map(Leaving::account).collect(Collectors.toSet());
            return others(leaving) ? Optional.of(change.get()) : Optional.empty();
        } finally {
            mongo.remove(notice);
        }
    }

    /// Whether nobody but this account has the role.
    boolean only(UUID account) {
        return !others(Set.of(account));
    }

    private boolean others(Set<UUID> leaving) {
        return accounts.findByNetworkRolesOrderById(NetworkRole.ADMINISTRATOR, MOST).stream()
                .anyMatch(other -> !leaving.contains(other.id()));
    }
}
