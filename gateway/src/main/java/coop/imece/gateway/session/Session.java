package coop.imece.gateway.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// A signed-in browser or a bearer token. Its secret is known to its holder alone: only a hash is kept.
///
/// @param id what it is called in lists and in the audit
/// @param secretHash under which it is found
/// @param account whose it is
/// @param kind how the secret travels
/// @param device what its holder called it, or what the browser said it is
/// @param startedAt when somebody signed in
/// @param lastSeenAt when it was last used, give or take [Sessions#SEEN_EVERY]
/// @param expiresAt when it ends by itself
/// @param provedAt when its holder last proved an address again ([FreshProof]); signing in counts
@Document("sessions")
record Session(
        @Id UUID id,
        @Indexed(unique = true) String secretHash,
        @Indexed UUID account,
        Kind kind,
        @Nullable String device,
        Instant startedAt,
        Instant lastSeenAt,
        @Indexed(expireAfter = "0s") Instant expiresAt,
        @Nullable Instant provedAt) {

    Instant lastProof() {
        return provedAt == null ? startedAt : provedAt;
    }

    /// How the secret of a session travels.
    enum Kind {
        BROWSER,
        TOKEN
    }
}
