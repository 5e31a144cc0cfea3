package coop.imece.gateway.session;

import coop.imece.platform.aggregate.Act;
import coop.imece.platform.aggregate.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/// All sessions, of browsers and of programs. One that was ended is found no more: the next request with its secret is
/// anybody's.
@Component
public class Sessions {

    /// How long a session lasts, used or not.
    static final Duration LIFE = Duration.ofDays(30);

    /// A session is written when it is used, but not more often than this.
    static final Duration SEEN_EVERY = Duration.ofMinutes(5);

    /// By this name what is no command of anybody is written: the version is the business of commands alone.
    private static final String COLLECTION = "sessions";

    private static final int RACES = 5;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// A session just started, with its secret, which is never seen again.
    public record Started(UUID id, String secret, Instant expiresAt) {

        @Override
        public String toString() {
            return "Started[" + id + "]";
        }
    }

    private final MongoTemplate mongo;
    private final Clock clock;

    Sessions(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /// Starts the session of a program that will send its secret as bearer token.
    public Started startForProgram(UUID account, @Nullable String device) {
        return start(account, Session.Kind.TOKEN, device);
    }

    /// Starts the session of a browser that will keep its secret in a cookie.
    public Started startForBrowser(UUID account, @Nullable String userAgent) {
        return start(account, Session.Kind.BROWSER, Devices.describe(userAgent));
    }

    private Started start(UUID account, Session.Kind kind, @Nullable String device) {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant now = clock.instant();
        Session session = new Session(Ids.v7(), hash(secret), account, kind, device, now, now, now.plus(LIFE), now);
        actOf(account, session);
        mongo.insert(session);
        return new Started(session.id(), secret, session.expiresAt());
    }

    /// Whoever signs in was nobody until now, or somebody else: the audit shall say who it is.
    private static void actOf(UUID account, Session session) {
        Act act = Act.current();
        if (act != null) {
            Act.bind(new Act(
                    act.operation(),
                    account,
                    act.client(),
                    act.onBehalfOf(),
                    session.id().toString()));
        }
    }

    /// The running session with this secret, sent the way it has to be.
    Optional<Session> find(String secret, Session.Kind kind) {
        Instant now = clock.instant();
        Optional<Session> found = Optional.ofNullable(
                        mongo.findOne(Query.query(Criteria.where("secretHash").is(hash(secret))), Session.class))
                .filter(session -> session.kind() == kind && now.isBefore(session.expiresAt()));
        found.filter(session -> session.lastSeenAt().plus(SEEN_EVERY).isBefore(now))
                .ifPresent(session -> mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(session.id())),
                        Update.update("lastSeenAt", now),
                        COLLECTION));
        return found;
    }

    /// The running sessions of an account, the latest used first.
    List<Session> of(UUID account) {
        return mongo.find(
                Query.query(Criteria.where("account")
                                .is(account)
                                .and("expiresAt")
                                .gt(clock.instant()))
                        .with(Sort.by(Sort.Order.desc("lastSeenAt"), Sort.Order.asc("_id")))
                        .limit(200),
                Session.class);
    }

    /// Ends a session of the account; false if it has none with this id.
    public boolean end(UUID session, UUID account) {
        for (int race = 1; ; race++) {
            Session running = find(session)
                    .filter(found -> account.equals(found.account()))
                    .orElse(null);
            if (running == null) {
                return false;
            }
            try {
                end(running);
                return true;
            } catch (OptimisticLockingFailureException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    private void end(Session running) {
        if (running.version() < 0) {
            // From before sessions left traces.
            mongo.remove(running);
            return;
        }
        running.end(clock.instant());
        mongo.save(running);
    }

    /// Ends all sessions of the account but one, or all; their ids.
    List<UUID> endOthers(UUID account, @Nullable UUID kept) {
        Criteria others = Criteria.where("account").is(account);
        if (kept != null) {
            others = others.and("_id").ne(kept);
        }
        return mongo.find(Query.query(others), Session.class).stream()
                .map(Session::id)
                .filter(session -> end(session, account))
                .toList();
    }

    /// The running session with this id.
    Optional<Session> find(UUID session) {
        return Optional.ofNullable(mongo.findById(session, Session.class));
    }

    /// Its holder proved an address again.
    void proved(UUID session) {
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(session)), Update.update("provedAt", clock.instant()), COLLECTION);
    }

    /// 256 random bits need no salt and no slow hash.
    static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
