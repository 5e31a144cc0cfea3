package coop.imece.notification.broadcast;

import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Deliveries;
import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/// Shows how a broadcast is getting on to those whom it concerns.
@Component
class BroadcastReading {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(40);

    private final Broadcasts broadcasts;
    private final Deliveries deliveries;
    private final View<KnownRepresentation> representations;

    /// What came of the question.
    sealed interface Answer {
        record Found(Broadcast broadcast, Books books) implements Answer {}

        record NotYetKnown() implements Answer {}

        record NotAllowed() implements Answer {}

        record NotSignedIn() implements Answer {}
    }

    BroadcastReading(Broadcasts broadcasts, Deliveries deliveries, View<KnownRepresentation> representations) {
        this.broadcasts = broadcasts;
        this.deliveries = deliveries;
        this.representations = representations;
    }

    /// The broadcast as it stands; with patience, as soon as it is finished, at most two seconds later.
    Answer read(UUID id, Caller caller, boolean patient) {
        if (!caller.signedIn()) {
            return new Answer.NotSignedIn();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Broadcast> known = await(id, broadcast -> true, end);
        if (known.isEmpty()) {
            return new Answer.NotYetKnown();
        }
        if (!mayRead(known.get(), caller)) {
            return new Answer.NotAllowed();
        }
        Broadcast broadcast =
                patient ? await(id, candidate -> !candidate.open(), end).orElse(known.get()) : known.get();
        return new Answer.Found(broadcast, deliveries.books(id));
    }

    private Optional<Broadcast> await(UUID id, Predicate<Broadcast> condition, long end) {
        while (true) {
            Optional<Broadcast> now = broadcasts.findById(id);
            if (now.filter(condition).isPresent() || System.nanoTime() - end >= 0) {
                return now;
            }
            LockSupport.parkNanos(Math.min(STEP.toNanos(), TimeUnit.SECONDS.toNanos(2)));
        }
    }

    /// For the organiser's representatives and editors, and for reviewers. The token may know of an appointment before
    /// this service; what was heard here, a dismissal above all, outweighs it.
    private boolean mayRead(Broadcast broadcast, Caller caller) {
        if (caller.program()) {
            return caller.reviewer() || caller.represents(broadcast.organiser());
        }
        UUID account = caller.account();
        if (caller.reviewer() || account == null) {
            return caller.reviewer();
        }
        UUID id = KnownRepresentation.idOf(broadcast.organiser(), account);
        return representations
                        .find(id)
                        .map(KnownRepresentation::standing)
                        .orElseGet(() -> Optional.ofNullable(caller.roleIn(broadcast.organiser())))
                        .filter(OrganisationRole::edits)
                        .isPresent()
                || representations.await(id, KnownRepresentation::edits).isPresent();
    }
}
