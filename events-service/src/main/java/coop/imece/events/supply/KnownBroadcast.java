package coop.imece.events.supply;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far an announcement, a change or a cancellation got: counts, never people.
///
/// @param kind `ANNOUNCEMENT`, `CHANGE` or `CANCELLATION`; others are kept as text
/// @param state `SENT` when every delivery has an outcome
public record KnownBroadcast(
        UUID id,
        UUID gathering,
        String kind,
        String state,
        long accepted,
        long sent,
        long failed,
        long suppressed,
        long inDoubt,
        @Nullable Instant startedAt) {}
