package coop.imece.directory.representation;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;

/// What happens to a representation.
sealed interface RepresentationEvent extends DomainEvent {

    /// The account may act for the organisation from now on.
    @EventType("directory.representation.appointed.v1")
    record RepresentationAppointed() implements RepresentationEvent {}

    /// It may no longer.
    @EventType("directory.representation.dismissed.v1")
    record RepresentationDismissed() implements RepresentationEvent {}
}
