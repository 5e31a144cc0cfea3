package coop.imece.platform.aggregate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message waiting in the document of the aggregate that raised it.
///
/// @param id the CloudEvents id
/// @param topic where it goes
/// @param key the record key: the aggregate's id, or the command's own key
/// @param type the CloudEvents type
/// @param sequence place in the aggregate's gapless sequence; 0 for a command, which has none
/// @param occurredAt when the change was saved
/// @param traceparent W3C trace context of the request that caused it, if there was one
/// @param correlationId what the whole chain of messages shares
/// @param causationId the message or request that caused this one, if known
/// @param data JSON text, neutral of any class
public record OutboxEntry(
        UUID id,
        String topic,
        String key,
        String type,
        long sequence,
        Instant occurredAt,
        @Nullable String traceparent,
        @Nullable String correlationId,
        @Nullable String causationId,
        String data) {}
