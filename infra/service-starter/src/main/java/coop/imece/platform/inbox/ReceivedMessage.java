package coop.imece.platform.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A CloudEvents message as it arrived. Fields nobody knows are ignored when it is read into a record.
///
/// @param id the CloudEvents id
/// @param type what it is, for example `events.gathering.announced.v1`; unknown types are normal
/// @param source the service that sent it
/// @param subject the aggregate's id (the record key)
/// @param sequence place in the aggregate's sequence; 0 for a command
/// @param sent when the change was saved, as it stands in the header
/// @param correlationId what the whole chain shares, if given
/// @param data `{"state", "fact"}` of an event, or the command itself
/// @param json the lenient mapper that reads it
public record ReceivedMessage(
        UUID id,
        String type,
        String source,
        String subject,
        long sequence,
        String sent,
        @Nullable String correlationId,
        JsonNode data,
        JsonMapper json) {

    /// The aggregate's id.
    public UUID aggregateId() {
        return UUID.fromString(subject);
    }

    /// When the change was saved. Few ask, and reading it costs more than the rest of the headers together.
    ///
    /// @throws InvalidMessage if it is no time
    public Instant time() {
        try {
            return Instant.parse(sent);
        } catch (DateTimeParseException e) {
            throw new InvalidMessage("header ce_time is malformed");
        }
    }

    /// The state after the change, as the consumer's own record.
    public <T> T state(Class<T> type) {
        return json.treeToValue(data.required("state"), type);
    }

    /// What this type adds.
    public <T> T fact(Class<T> type) {
        return json.treeToValue(data.required("fact"), type);
    }

    /// The command.
    public <T> T command(Class<T> type) {
        return json.treeToValue(data, type);
    }

    /// Whether the change is older than the given age at the given moment; reactions act on no fact older than 48 h.
    public boolean olderThan(Duration age, Instant now) {
        return time().isBefore(now.minus(age));
    }
}
