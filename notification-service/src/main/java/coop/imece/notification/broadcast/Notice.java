package coop.imece.notification.broadcast;

import coop.imece.notification.recipient.Recipients;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Place;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The gathering as it was when the broadcast was asked for: what its messages say. Also our own view of the `state`
/// of a message of `events.gathering.v1`.
///
/// @param id the gathering
/// @param organiser the organisation
/// @param organiserName its name at that time
/// @param kind code of `gathering-kinds`
/// @param topics codes of `topics`
/// @param title what it is called
/// @param description what it is
/// @param starts when it begins
/// @param ends when it is over
/// @param place where, unless it is online only
/// @param link where online
record Notice(
        UUID id,
        UUID organiser,
        LocalisedText organiserName,
        String kind,
        @Nullable List<String> topics,
        LocalisedText title,
        @Nullable LocalisedText description,
        Moment starts,
        Moment ends,
        @Nullable Place place,
        @Nullable String link) {

    boolean over(Instant now) {
        return !ends.at().toInstant().isAfter(now);
    }

    Recipients.Subject subject() {
        return new Recipients.Subject(
                kind,
                place == null ? null : place.country(),
                place == null ? null : place.region(),
                topics == null ? Set.of() : Set.copyOf(topics));
    }
}
