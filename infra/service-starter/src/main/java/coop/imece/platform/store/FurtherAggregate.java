package coop.imece.platform.store;

import coop.imece.platform.aggregate.AggregateRoot;

/// An aggregate of the platform itself, which lies outside the packages a service has scanned; as a bean it gets its
/// index and its relay like the service's own.
///
/// All of them live in one collection, under ids that are derived and so never meet: one relay serves them, and an idle
/// service has one lease less to keep.
///
/// @param type its class
public record FurtherAggregate(Class<? extends AggregateRoot> type) {

    public static final String COLLECTION = "platform_entries";
}
