package coop.imece.events.gathering;

/// The life of a gathering: a draft is seen by its organiser alone, and nothing leaves CANCELLED.
enum GatheringState {
    DRAFT,
    ANNOUNCED,
    CANCELLED
}
