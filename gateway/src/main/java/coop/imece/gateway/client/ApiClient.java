package coop.imece.gateway.client;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// A program that was registered to act for an organisation, or for the network.
///
/// Invariants: it has at most two secrets, the older of which ends a day after the younger was made, so that a program
/// can be given the new one without a gap; of secrets only hashes are kept, and who made them, for a secret counts only
/// while its maker may manage the program; an ended one has none and stays ended. It tells nobody anything, but each
/// change leaves its entry in the audit.
@Document("api_clients")
final class ApiClient extends AggregateRoot {

    /// How long the old secret is good for after the new one was made.
    static final Duration OVERLAP = Duration.ofHours(24);

    /// Its life.
    enum State {
        ACTIVE,
        ENDED
    }

    /// A secret.
    ///
    /// @param hash of the secret
    /// @param since when it was made
    /// @param until when it ends, if another one has taken its place
    /// @param madeBy who was shown it; absent in documents from before this was kept
    record Secret(
            String hash,
            Instant since,
            @Nullable Instant until,
            @Nullable UUID madeBy) {

        boolean goodAt(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    @Indexed
    private final @Nullable UUID organisation;

    private final UUID registeredBy;
    private final Instant createdAt;
    private String name;
    private Set<Scope> scopes;
    private List<Secret> secrets;
    private State state;
    private @Nullable Instant lastUsedAt;

    ApiClient(
            UUID id,
            @Nullable UUID organisation,
            UUID registeredBy,
            Instant createdAt,
            String name,
            Set<Scope> scopes,
            List<Secret> secrets,
            State state) {
        super(id);
        this.organisation = organisation;
        this.registeredBy = registeredBy;
        this.createdAt = createdAt;
        this.name = name;
        this.scopes = scopes;
        this.secrets = secrets;
        this.state = state;
    }

    /// @param organisation whose it is, or null for one of the network
    /// @param secret the hash of its first secret
    /// @param account who registers it
    static ApiClient register(
            UUID id,
            @Nullable UUID organisation,
            String name,
            Set<Scope> scopes,
            String secret,
            UUID account,
            Instant now) {
        return new ApiClient(
                id,
                organisation,
                account,
                now,
                name,
                Set.copyOf(scopes),
                List.of(new Secret(secret, now, null, account)),
                State.ACTIVE);
    }

    /// The account a program acts as.
    static UUID accountOf(UUID client) {
        return Ids.derived("client-account", client.toString());
    }

    @Override
    protected @Nullable UUID belongsTo() {
        return organisation;
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }

    @Nullable
    UUID organisation() {
        return organisation;
    }

    UUID registeredBy() {
        return registeredBy;
    }

    Instant createdAt() {
        return createdAt;
    }

    String name() {
        return name;
    }

    Set<Scope> scopes() {
        return scopes.isEmpty() ? Set.of() : EnumSet.copyOf(scopes);
    }

    boolean active() {
        return state == State.ACTIVE;
    }

    State state() {
        return state;
    }

    /// When it last got a token or called, give or take a few minutes.
    @Nullable
    Instant lastUsedAt() {
        return lastUsedAt;
    }

    /// The secrets it may use now, the younger first.
    ///
    /// @param trusted says of who made a secret whether that still counts
    List<Secret> secretsAt(Instant now, Predicate<UUID> trusted) {
        return secrets.stream()
                .filter(secret -> secret.goodAt(now) && trusted.test(makerOf(secret)))
                .toList();
    }

    /// Who made its present secret, or registered it.
    UUID keeper() {
        return secrets.isEmpty() ? registeredBy : makerOf(secrets.getFirst());
    }

    private UUID makerOf(Secret secret) {
        UUID maker = secret.madeBy();
        return maker == null ? registeredBy : maker;
    }

    /// Until when the secret before the present one is good, if there is one.
    @Nullable
    Instant previousSecretUntil(Instant now) {
        return secrets.stream()
                .filter(secret -> secret.until() != null && secret.goodAt(now))
                .map(Secret::until)
                .findFirst()
                .orElse(null);
    }

    /// Gives it another secret; the present one ends a day later, or at once if its maker is not trusted any more, and
    /// an older one at once. False if it was ended.
    ///
    /// @param account who makes it
    boolean rotate(String secret, UUID account, Predicate<UUID> trusted, Instant now) {
        if (!active()) {
            return false;
        }
        Secret present = secrets.getFirst();
        UUID maker = makerOf(present);
        Secret made = new Secret(secret, now, null, account);
        secrets = trusted.test(maker)
                ? List.of(made, new Secret(present.hash(), present.since(), now.plus(OVERLAP), maker))
                : List.of(made);
        return true;
    }

    /// Changes what it is called and may do; false if nothing changes.
    boolean change(String newName, Collection<Scope> newScopes) {
        boolean changed = !name.equals(newName) || !scopes.equals(Set.copyOf(newScopes));
        name = newName;
        scopes = Set.copyOf(newScopes);
        return changed;
    }

    /// Ends it for good; false if it was ended before.
    boolean end() {
        boolean ended = active();
        state = State.ENDED;
        secrets = List.of();
        return ended;
    }
}
