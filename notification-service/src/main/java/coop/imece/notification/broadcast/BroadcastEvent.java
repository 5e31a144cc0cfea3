package coop.imece.notification.broadcast;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;

/// What others may hear of a broadcast: counts, never people.
sealed interface BroadcastEvent extends DomainEvent {

    /// It began, or its audience is known.
    @EventType("notification.broadcast.progressed.v1")
    record BroadcastProgressed() implements BroadcastEvent {}

    /// Every delivery has an outcome.
    @EventType("notification.broadcast.finished.v1")
    record BroadcastFinished() implements BroadcastEvent {}
}
