package coop.imece.events.gathering;

import com.fasterxml.jackson.annotation.JsonProperty;
import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import coop.imece.platform.text.LocalisedText;
import java.util.List;
import java.util.UUID;

/// What happens to a gathering. A draft raises nothing: the network hears of a gathering when it is announced.
sealed interface GatheringEvent extends DomainEvent {

    /// It is in the calendar now.
    ///
    /// @param publicationId id of the broadcast, if one is asked for
    /// @param tell whether subscribers are to be told
    @EventType("events.gathering.announced.v1")
    record GatheringAnnounced(
            UUID publicationId, @JsonProperty("notify") boolean tell) implements GatheringEvent {}

    /// Something about it is different from what was announced.
    ///
    /// @param revision how often it was changed
    /// @param changeId derived from gathering and revision; id of the broadcast, if one is asked for
    /// @param fields what is different
    /// @param tell whether those who heard of it are to be told
    @EventType("events.gathering.changed.v1")
    record GatheringChanged(
            int revision,
            UUID changeId,
            List<String> fields,
            @JsonProperty("notify") boolean tell) implements GatheringEvent {}

    /// It will not take place.
    ///
    /// @param cancellationId derived from the gathering; id of the broadcast, if one is asked for
    /// @param tell whether those who heard of it are to be told
    /// @param reason why, for people
    @EventType("events.gathering.cancelled.v1")
    record GatheringCancelled(
            UUID cancellationId, @JsonProperty("notify") boolean tell, LocalisedText reason)
            implements GatheringEvent {}
}
