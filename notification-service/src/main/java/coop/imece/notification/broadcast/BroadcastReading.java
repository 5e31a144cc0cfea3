package coop.imece.notification.broadcast;

import coop.imece.notification.delivery.Books;
import coop.imece.notification.delivery.Deliveries;
import coop.imece.platform.inbox.BriefWait;
import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Shows how a broadcast is getting on to those whom it concerns.
@Component
class BroadcastReading {

    private final Broadcasts broadcasts;
    private final Deliveries deliveries;
    private final View<KnownRepresentation> representations;
    private final BriefWait wait = new BriefWait();

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

    /// The broadcast as it stands, waiting a moment for it to be heard of; with patience, a moment more for its end.
    Answer read(UUID id, Caller caller, boolean patient) {
        if (!caller.signedIn()) {
            return new Answer.NotSignedIn();
        }
        Optional<Broadcast> known = wait.await(() -> broadcasts.findById(id));
        if (known.isEmpty()) {
            return new Answer.NotYetKnown();
        }
        if (!mayRead(known.get(), caller)) {
            return new Answer.NotAllowed();
        }
        Broadcast broadcast = patient && known.get().open() ? later(id).orElseThrow() : known.get();
        return new Answer.Found(broadcast, deliveries.books(id));
    }

    /// As it ended, or as it stands a moment later.
    private Optional<Broadcast> later(UUID id) {
        return wait.await(() -> broadcasts.findById(id).filter(broadcast -> !broadcast.open()))
                .or(() -> broadcasts.findById(id));
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
