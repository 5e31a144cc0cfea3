package coop.imece.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import coop.imece.gateway.account.Account;
import coop.imece.gateway.account.AccountHolding;
import coop.imece.gateway.account.AccountOpening;
import coop.imece.gateway.organisation.KnownRepresentations;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds out whose session a secret belongs to, and what its holder may do now.
///
/// Roles are in no session and in no token: they are read for each request, and remembered for [#MEMORY] at most, so a
/// dismissal counts half a second after it was heard, on every instance.
@Component
public class Visitors implements AccountHolding {

    static final Duration MEMORY = Duration.ofMillis(500);

    /// A session as the export shows it.
    record Kept(
            UUID id,
            Session.Kind kind,
            @Nullable String deviceName,
            Instant startedAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    private final Sessions sessions;
    private final AccountOpening accounts;
    private final KnownRepresentations representations;
    private final Cache<String, Visitor> remembered =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(10_000).build();

    Visitors(Sessions sessions, AccountOpening accounts, KnownRepresentations representations) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.representations = representations;
    }

    /// The holder of a secret, if its session is running and the secret came the right way.
    Optional<Visitor> holderOf(String secret, Session.Kind kind) {
        String key = kind + Sessions.hash(secret);
        // One looks it up, however many requests with this secret come at a time.
        return Optional.ofNullable(remembered.get(
                key, _ -> sessions.find(secret, kind).flatMap(this::visitor).orElse(null)));
    }

    private Optional<Visitor> visitor(Session session) {
        return Optional.ofNullable(session.account()).flatMap(accounts::find).map(account -> visitor(session, account));
    }

    private Visitor visitor(Session session, Account account) {
        return Visitor.person(
                account.id(),
                session.id(),
                session.kind() == Session.Kind.TOKEN,
                account.language(),
                account.networkRoles(),
                representations.of(account.id()));
    }

    /// Whether the visitor represents the organisation, now or within two seconds: an appointment may still be on its
    /// way ("refuse late"). What is learned by waiting counts for the whole request.
    public boolean represents(UUID organisation, HttpServletRequest request) {
        Visitor visitor = Visitor.of(request);
        UUID account = visitor.account();
        if (account == null || visitor.organisations().containsKey(organisation)) {
            return account != null;
        }
        if (visitor.client() != null) {
            // Nobody appoints a program: there is nothing to wait for.
            return false;
        }
        boolean appointed = representations.await(account, organisation);
        if (appointed) {
            visitor.with(representations.of(account)).bind(request);
        }
        return appointed;
    }

    /// Ends a session of the account, here at once; false if it has none with this id.
    public boolean end(UUID session, UUID account) {
        boolean ended = sessions.end(session, account);
        if (ended) {
            forget(Set.of(session));
        }
        return ended;
    }

    /// Ends all sessions of the account but one, here at once; how many there were.
    public int endOthers(UUID account, UUID kept) {
        List<UUID> ended = sessions.endOthers(account, kept);
        if (!ended.isEmpty()) {
            forget(Set.copyOf(ended));
        }
        return ended.size();
    }

    private void forget(Set<UUID> ended) {
        remembered.asMap().values().removeIf(visitor -> visitor.session() != null && ended.contains(visitor.session()));
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public List<Kept> export(UUID account) {
        return sessions.of(account).stream()
                .map(session -> new Kept(
                        session.id(),
                        session.kind(),
                        session.device(),
                        session.startedAt(),
                        session.lastSeenAt(),
                        session.expiresAt()))
                .toList();
    }

    @Override
    public void erase(UUID account) {
        forget(Set.copyOf(sessions.endOthers(account, null)));
    }
}
