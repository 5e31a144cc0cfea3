package coop.imece.platform.inbox;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.data.mongodb.core.query.Criteria;

/// What this service heard of another service's aggregates: one collection, one document per aggregate,
/// `{_id, sequence, state}`.
///
/// Idempotent and safe against disorder: [#apply] takes the `state` of any type if its sequence is higher than the
/// stored one and drops it otherwise. An `erased` or empty state leaves id and sequence.
///
/// @param <T> the service's own record of the foreign state: the few fields it needs
public interface View<T> {

    /// Applies a message of any type of the aggregate's topic; false if it was stale or repeated.
    boolean apply(ReceivedMessage message);

    /// The state as last heard.
    Optional<T> find(UUID id);

    /// The states matching a criteria over `state.…` fields, at most `limit`, by id.
    List<T> find(Criteria criteria, int limit);

    /// The state as soon as it is there and satisfies the condition, waiting a moment ([BriefWait], "refuse late"):
    /// called
    /// only before a refusal that would rest on this view alone.
    Optional<T> await(UUID id, Predicate<T> condition);
}
