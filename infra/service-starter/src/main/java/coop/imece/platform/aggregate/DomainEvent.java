package coop.imece.platform.aggregate;

/// A fact about an aggregate, in the past tense, published on the aggregate's state topic.
///
/// Implementations are records nested in one sealed interface per aggregate and carry [EventType]. Their components
/// become the `fact` of the message; the `state` is the aggregate's [AggregateRoot#publicState()] after the change.
/// Neither may hold contact points, names of persons or addresses.
public interface DomainEvent {}
