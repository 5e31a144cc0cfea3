package coop.imece.gateway.operations;

import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import coop.imece.platform.inbox.BriefWait;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Follows each erasure until every service has confirmed, and asks again where a receipt stays away.
///
/// Topics `platform.erasure.commands.v1` (the gateway hears its own request, so that whoever asks for an erasure writes
/// one document and nothing else) and `platform.erasure.v1` (receipts). Idempotent: what is known changes nothing,
/// whatever the order. Messages that name no erasure go to the dead letters; other types are ignored.
@Component
class Erasures {

    static final String CONFIRMED = "platform.erasure.confirmed.v1";

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final int TRIES = 10;

    private final ErasureStore store;
    private final List<String> services;
    private final Clock clock;
    private final BriefWait wait = new BriefWait();

    Erasures(ErasureStore store, Upstreams upstreams, Clock clock) {
        this.store = store;
        this.services = upstreams.all().stream().map(Upstream::service).toList();
        this.clock = clock;
    }

    record Requested(
            @Nullable UUID erasure,
            @Nullable UUID account,
            @Nullable Instant requestedAt) {}

    void onRequest(ReceivedMessage message) {
        if (!message.type().equals(EraseSubject.TYPE)) {
            return;
        }
        Requested request = message.command(Requested.class);
        UUID account = request.account();
        if (account == null) {
            throw new InvalidMessage("the account is missing");
        }
        Instant requestedAt = request.requestedAt() == null ? message.time() : request.requestedAt();
        change(request.erasure(), erasure -> erasure.request(account, requestedAt, now()));
    }

    record Confirmed(
            @Nullable UUID erasure,
            @Nullable String service,
            @Nullable Instant confirmedAt) {}

    void onReceipt(ReceivedMessage message) {
        if (!message.type().equals(CONFIRMED)) {
            return;
        }
        Confirmed confirmed = message.command(Confirmed.class);
        String service = confirmed.service();
        if (service == null) {
            throw new InvalidMessage("the service is missing");
        }
        Instant at = confirmed.confirmedAt() == null ? message.time() : confirmed.confirmedAt();
        change(confirmed.erasure(), erasure -> erasure.confirm(service, at));
    }

    /// The two topics are heard side by side, so two may write, or even begin, one erasure at the same moment.
    private void change(@Nullable UUID id, Predicate<Erasure> change) {
        if (id == null) {
            throw new InvalidMessage("the erasure is missing");
        }
        for (int tries = 1; ; tries++) {
            Erasure erasure = store.findById(id).orElseGet(() -> Erasure.unheard(id, services));
            try {
                if (change.test(erasure)) {
                    store.save(erasure);
                }
                return;
            } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// The erasure, waiting a moment for it to be heard of: its owner comes here at once after asking for it.
    Optional<Erasure> find(UUID id) {
        return wait.await(() -> store.findById(id).filter(erasure -> erasure.requestedAt() != null));
    }

    /// Asks again for every receipt that is due. The save is the claim: of two instances that do it at once, one finds
    /// the version gone and leaves it to the other.
    int askAgain() {
        Instant now = now();
        int asked = 0;
        for (Erasure erasure : store.findTop100ByDueAtLessThanEqualOrderByDueAt(now)) {
            try {
                erasure.askAgain(now);
                store.save(erasure);
                asked++;
                LOG.warn("Erasure {} lacks a receipt; asked again", erasure.id());
            } catch (OptimisticLockingFailureException _) {
                LOG.debug("Erasure {} was asked for by another", erasure.id());
            }
        }
        return asked;
    }

    /// Those that wait for a receipt longer than they should.
    List<Erasure> overdue() {
        Instant now = now();
        return store.findTop100ByDueAtGreaterThanOrderByDueAt(Instant.EPOCH).stream()
                .filter(erasure -> erasure.overdue(now))
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
