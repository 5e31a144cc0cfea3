package coop.imece.gateway.session;

import coop.imece.platform.aggregate.AggregateRoot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// A signed-in browser or a bearer token.
///
/// Invariants: its secret is known to its holder alone, only a hash is kept; one that was ended is found by no secret
/// and for no account, says nothing of anybody, and stays ended.
///
/// It publishes no state. Its start and its end leave their entries in the audit, with itself; running out is nobody's
/// act and leaves none. Unlike other aggregates it may be forgotten: once it ran out, or [#TRACE] after its end, when
/// what it had to say was said long ago.
@Document("sessions")
final class Session extends AggregateRoot {

    private static final Duration TRACE = Duration.ofDays(7);

    /// How the secret of a session travels.
    enum Kind {
        BROWSER,
        TOKEN
    }

    @Indexed(unique = true)
    @SuppressWarnings("UnusedVariable") // the store reads it
    private String secretHash;

    @Indexed
    private @Nullable UUID account;

    private final Kind kind;
    private @Nullable String device;
    private final Instant startedAt;
    private final Instant lastSeenAt;

    @Indexed(expireAfter = "0s")
    private Instant expiresAt;

    private @Nullable Instant provedAt;

    /// @param secretHash under which it is found
    /// @param account whose it is; absent once it was ended
    /// @param kind how the secret travels
    /// @param device what its holder called it, or what the browser said it is
    /// @param startedAt when somebody signed in
    /// @param lastSeenAt when it was last used, give or take [Sessions#SEEN_EVERY]
    /// @param expiresAt when it ends by itself, or is forgotten
    /// @param provedAt when its holder last proved an address again ([FreshProof]); signing in counts
    Session(
            UUID id,
            String secretHash,
            @Nullable UUID account,
            Kind kind,
            @Nullable String device,
            Instant startedAt,
            Instant lastSeenAt,
            Instant expiresAt,
            @Nullable Instant provedAt) {
        super(id);
        this.secretHash = secretHash;
        this.account = account;
        this.kind = kind;
        this.device = device;
        this.startedAt = startedAt;
        this.lastSeenAt = lastSeenAt;
        this.expiresAt = expiresAt;
        this.provedAt = provedAt;
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }

    /// Ends it: what is left leads to nobody.
    void end(Instant now) {
        secretHash = "ended:" + id();
        account = null;
        device = null;
        provedAt = null;
        expiresAt = now.plus(TRACE);
    }

    @Nullable
    UUID account() {
        return account;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String device() {
        return device;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant lastSeenAt() {
        return lastSeenAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant lastProof() {
        return provedAt == null ? startedAt : provedAt;
    }
}
