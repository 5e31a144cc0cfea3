package coop.imece.platform.inbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message a consumer group could not handle.
///
/// @param id topic and offset: `<topic>.<group>.dlt@<offset>`
/// @param topic where it came from
/// @param group whose dead letter it is
/// @param key the record key
/// @param type the CloudEvents type, if it had one
/// @param reason why it could not be handled
/// @param diedAt when it was moved
/// @param decision what an operator decided, if anything yet
/// @param decidedBy the account that decided
/// @param decidedAt when it was decided
/// @param decisionReason why it was given up, if it was
/// @param headers all headers as texts; only in the explanation
/// @param body the message, only in the explanation; personal data in it is sealed
public record DeadLetter(
        String id,
        String topic,
        String group,
        @Nullable String key,
        @Nullable String type,
        @Nullable String reason,
        Instant diedAt,
        @Nullable String decision,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        DeadLetters.@Nullable Reason decisionReason,
        @Nullable Map<String, String> headers,
        @Nullable String body) {}
