package coop.imece.gateway.client;

import coop.imece.gateway.session.Visitor;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.NearestCodes;
import coop.imece.platform.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// How a program is registered, given another secret, changed and ended.
@Component
class ClientRegistration {

    static final int LONGEST_NAME = 100;

    /// In use at a time, for one owner.
    static final int MOST = 20;

    private final ApiClients clients;
    private final ClientReading reading;
    private final ProgramVisitors programs;
    private final MongoTemplate mongo;
    private final Clock clock;

    ClientRegistration(
            ApiClients clients, ClientReading reading, ProgramVisitors programs, MongoTemplate mongo, Clock clock) {
        this.clients = clients;
        this.reading = reading;
        this.programs = programs;
        this.mongo = mongo;
        this.clock = clock;
    }

    /// How it ended.
    sealed interface Outcome {

        /// With a secret that nobody will see again.
        record Secret(ApiClient client, ClientSecret secret) implements Outcome {}

        record Done(ApiClient client) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /// @param organisation for which organisation, or null for the network
    Outcome register(
            UUID id,
            @Nullable UUID organisation,
            @Nullable String name,
            @Nullable Collection<@Nullable String> scopes,
            HttpServletRequest request) {
        UUID account = Visitor.of(request).account();
        if (account == null) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        if (!reading.manages(organisation, request)) {
            return new Outcome.Refused(Problem.notAllowed());
        }
        Checks checks = new Checks();
        String checkedName = checks.line("#/name", name, LONGEST_NAME);
        Set<Scope> checkedScopes = scopes(scopes, organisation == null, checks);
        if (checks.failed()) {
            return new Outcome.Refused(Problem.invalid(checks.errors()));
        }
        if (inUse(organisation) >= MOST) {
            return new Outcome.Refused(Problem.of(409, "too-many-clients", MOST));
        }
        ClientSecret secret = ClientSecret.made();
        try {
            return new Outcome.Secret(
                    clients.save(ApiClient.register(
                            id, organisation, checkedName, checkedScopes, secret.hash(), account, now())),
                    secret);
        } catch (DuplicateKeyException _) {
            // The same Idempotency-Key again after a run whose answer, with the secret, nobody got.
            return rotate(id, request);
        }
    }

    private long inUse(@Nullable UUID organisation) {
        return mongo.count(
                Query.query(Criteria.where("organisation")
                        .is(organisation)
                        .and("state")
                        .is(ApiClient.State.ACTIVE)),
                ApiClient.class);
    }

    private static Set<Scope> scopes(@Nullable Collection<@Nullable String> wanted, boolean network, Checks checks) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        List<Scope> open = Scope.open(network);
        if (checks.require(wanted != null, "#/scopes", "required") && wanted != null) {
            int place = 0;
            for (String written : wanted) {
                Optional<Scope> scope =
                        Optional.ofNullable(written).flatMap(Scope::of).filter(open::contains);
                scope.ifPresent(scopes::add);
                checks.require(
                        scope.isPresent(),
                        "#/scopes/" + place,
                        "unknown-code",
                        String.join(", ", NearestCodes.of(written == null ? "" : written, Scope.values(open))));
                place++;
            }
        }
        return scopes;
    }

    /// Gives it another secret; the present one is good for another day, unless its maker lost the right to it.
    Outcome rotate(UUID id, HttpServletRequest request) {
        ClientSecret secret = ClientSecret.made();
        UUID account = Visitor.of(request).account();
        if (account == null) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        return changed(id, request, client -> {
            if (!client.rotate(secret.hash(), account, maker -> reading.trusted(client, maker), now())) {
                return new Outcome.Refused(Problem.of(409, "client-ended"));
            }
            return new Outcome.Secret(clients.save(client), secret);
        });
    }

    Outcome change(
            UUID id,
            @Nullable String name,
            @Nullable Collection<@Nullable String> scopes,
            IfMatch ifMatch,
            HttpServletRequest request) {
        return changed(id, request, client -> {
            Optional<Problem> stale = ifMatch.refusal(client.version());
            if (stale.isPresent()) {
                return new Outcome.Refused(stale.get());
            }
            Checks checks = new Checks();
            String checkedName = checks.line("#/name", name, LONGEST_NAME);
            Set<Scope> checkedScopes = scopes(scopes, client.organisation() == null, checks);
            if (checks.failed()) {
                return new Outcome.Refused(Problem.invalid(checks.errors()));
            }
            if (!client.active()) {
                return new Outcome.Refused(Problem.of(409, "client-ended"));
            }
            return new Outcome.Done(client.change(checkedName, checkedScopes) ? clients.save(client) : client);
        });
    }

    /// Ends it: its secrets and its tokens are good for nothing any more.
    Outcome end(UUID id, HttpServletRequest request) {
        return changed(id, request, client -> new Outcome.Done(client.end() ? clients.save(client) : client));
    }

    private interface Step {
        Outcome take(ApiClient client);
    }

    private Outcome changed(UUID id, HttpServletRequest request, Step step) {
        if (!Visitor.of(request).signedIn()) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        try {
            return changedOnce(id, request, step);
        } catch (OptimisticLockingFailureException _) {
            return changedOnce(id, request, step);
        } finally {
            programs.forget(id);
        }
    }

    private Outcome changedOnce(UUID id, HttpServletRequest request, Step step) {
        return reading.find(id, request).map(step::take).orElseGet(() -> new Outcome.Refused(Problem.notFound()));
    }

    /// As precise as the store keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
