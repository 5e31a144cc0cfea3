package coop.imece.events.gathering;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.events.gathering.GatheringEvent.GatheringAnnounced;
import coop.imece.events.gathering.GatheringEvent.GatheringCancelled;
import coop.imece.events.gathering.GatheringEvent.GatheringChanged;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// An entry in the network's calendar: a fair, a training, an assembly.
///
/// Invariants: the organiser never changes; a draft raises no event; what is announced says when and where; an
/// announcement, a change and a cancellation each carry an id of their own, chosen once, so that whoever reacts to them
/// does so once; only a change people must know of ([#MATERIAL]) may ask to tell them; a cancelled gathering never
/// changes again.
@Document("gatherings")
@CompoundIndex(name = "calendar", def = "{'state': 1, 'content.timing.startsAt': 1, '_id': 1}")
@CompoundIndex(name = "organiser", def = "{'organiser': 1, 'state': 1, 'content.timing.startsAt': 1, '_id': 1}")
@StateTopic(value = "events.gathering.v1", restated = "events.gathering.restated.v1")
class Gathering extends AggregateRoot {

    /// The fields whose change may send people to the wrong place at the wrong time.
    static final Set<String> MATERIAL = Set.of("title", "starts", "ends", "place", "link");

    private final UUID organiser;
    private LocalisedText organiserName;
    private GatheringContent content;
    private Listing listing;
    private GatheringState state = GatheringState.DRAFT;
    private int revision;
    private @Nullable Publication publication;
    private @Nullable Cancellation cancellation;

    /// Only rebuilds; see [#draft].
    Gathering(UUID id, UUID organiser, LocalisedText organiserName, GatheringContent content, Listing listing) {
        super(id);
        this.organiser = organiser;
        this.organiserName = organiserName;
        this.content = content;
        this.listing = listing;
    }

    /// A draft, seen by nobody but its organiser.
    ///
    /// @param organiserName what the organiser is called today; kept, because a calendar is also a record
    static Gathering draft(UUID id, UUID organiser, LocalisedText organiserName, GatheringContent content) {
        return new Gathering(id, organiser, organiserName, content, Listing.of(organiserName, content));
    }

    /// Replaces the content. In a draft nobody hears of it; later it is published as a change.
    ///
    /// @param tell whether those who heard of the gathering are to be told, if the change is material
    RevisionOutcome revise(GatheringContent next, LocalisedText name, boolean tell, Instant now) {
        var fields = content.differences(next);
        if (fields.isEmpty()) {
            return new RevisionOutcome.Revised(fields);
        }
        switch (state) {
            case CANCELLED -> {
                return new RevisionOutcome.AlreadyCancelled();
            }
            case ANNOUNCED -> {
                if (!next.saysWhere()) {
                    return new RevisionOutcome.NowhereToGo();
                }
                if (content.timing().endsAt().isAfter(now)
                        && !next.timing().endsAt().isAfter(now)) {
                    return new RevisionOutcome.IntoThePast();
                }
                write(next, name);
                revision++;
                boolean material = tell
                        && fields.stream().anyMatch(MATERIAL::contains)
                        && next.timing().endsAt().isAfter(now);
                raise(new GatheringChanged(
                        revision,
                        Ids.derived("gathering-change", id().toString(), Integer.toString(revision)),
                        List.copyOf(fields),
                        material));
            }
            case DRAFT -> write(next, name);
        }
        return new RevisionOutcome.Revised(List.copyOf(fields));
    }

    private void write(GatheringContent next, LocalisedText name) {
        content = next;
        organiserName = name;
        listing = Listing.of(name, next);
    }

    /// Announces it. Announcing again changes nothing and answers the first publication.
    PublicationOutcome announce(UUID publicationId, boolean tell, LocalisedText name, Instant now) {
        if (state == GatheringState.CANCELLED) {
            return new PublicationOutcome.AlreadyCancelled();
        }
        if (publication != null) {
            return new PublicationOutcome.Announced(publication);
        }
        if (!content.saysWhere()) {
            return new PublicationOutcome.NowhereToGo();
        }
        if (!content.timing().endsAt().isAfter(now)) {
            return new PublicationOutcome.AlreadyOver();
        }
        write(content, name);
        publication = new Publication(publicationId, tell, now);
        state = GatheringState.ANNOUNCED;
        raise(new GatheringAnnounced(publicationId, tell));
        return new PublicationOutcome.Announced(publication);
    }

    /// Says that it will not take place. Cancelling again changes nothing and answers the first cancellation.
    CancellationOutcome cancel(LocalisedText reason, boolean tell, Instant now) {
        if (cancellation != null) {
            return new CancellationOutcome.Cancelled(cancellation);
        }
        if (state == GatheringState.DRAFT) {
            return new CancellationOutcome.NotAnnounced();
        }
        if (!content.timing().endsAt().isAfter(now)) {
            return new CancellationOutcome.AlreadyOver();
        }
        cancellation = new Cancellation(Ids.derived("gathering-cancellation", id().toString()), reason, tell, now);
        state = GatheringState.CANCELLED;
        raise(new GatheringCancelled(cancellation.id(), tell, reason));
        return new CancellationOutcome.Cancelled(cancellation);
    }

    UUID organiser() {
        return organiser;
    }

    LocalisedText organiserName() {
        return organiserName;
    }

    GatheringContent content() {
        return content;
    }

    GatheringState state() {
        return state;
    }

    int revision() {
        return revision;
    }

    Listing listing() {
        return listing;
    }

    @Nullable
    Publication publication() {
        return publication;
    }

    @Nullable
    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    protected UUID belongsTo() {
        return organiser;
    }

    @Override
    protected PublicState publicState() {
        return new PublicState(
                id(),
                organiser,
                organiserName,
                content.kind(),
                content.topics(),
                content.title(),
                content.description(),
                content.timing().starts(),
                content.timing().ends(),
                content.place(),
                content.link(),
                content.sdgs(),
                content.languages(),
                state,
                revision,
                cancellation == null ? null : cancellation.reason());
    }

    /// The `state` of each message, and the body of the API.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublicState(
            UUID id,
            UUID organiser,
            LocalisedText organiserName,
            String kind,
            List<String> topics,
            LocalisedText title,
            @Nullable LocalisedText description,
            Moment starts,
            Moment ends,
            @Nullable Place place,
            @Nullable String link,
            List<String> sdgs,
            List<String> languages,
            GatheringState state,
            int revision,
            @Nullable LocalisedText cancellationReason) {}

    /// The one announcement of a gathering.
    ///
    /// @param id the id of the broadcast it asks for, if any
    record Publication(UUID id, boolean tell, Instant at) {}

    /// Its end before its time.
    ///
    /// @param id the id of the broadcast it asks for, if any
    record Cancellation(UUID id, LocalisedText reason, boolean tell, Instant at) {}

    /// What became of [Gathering#revise].
    sealed interface RevisionOutcome {
        /// @param fields what is different now; empty if nothing is
        record Revised(List<String> fields) implements RevisionOutcome {}

        record AlreadyCancelled() implements RevisionOutcome {}

        /// An announced gathering would lose place and link.
        record NowhereToGo() implements RevisionOutcome {}

        /// An announced gathering that is still to come would be over at once, and nobody told.
        record IntoThePast() implements RevisionOutcome {}
    }

    /// What became of [Gathering#announce].
    sealed interface PublicationOutcome {
        record Announced(Publication publication) implements PublicationOutcome {}

        record AlreadyCancelled() implements PublicationOutcome {}

        /// Neither place nor link.
        record NowhereToGo() implements PublicationOutcome {}

        record AlreadyOver() implements PublicationOutcome {}
    }

    /// What became of [Gathering#cancel].
    sealed interface CancellationOutcome {
        record Cancelled(Cancellation cancellation) implements CancellationOutcome {}

        record NotAnnounced() implements CancellationOutcome {}

        record AlreadyOver() implements CancellationOutcome {}
    }
}
