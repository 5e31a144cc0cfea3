package coop.imece.platform.inbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the headers of one record say (CloudEvents 1.0, Kafka binding, binary mode), read in one pass; of headers of
/// the same name the last counts.
final class CloudEventHeaders {

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String source;
    private @Nullable String subject;
    private @Nullable String sequence;
    private @Nullable String time;
    private @Nullable String correlationId;
    private @Nullable String traceparent;

    CloudEventHeaders(Headers headers) {
        for (Header header : headers) {
            switch (header.key()) {
                case "ce_id" -> id = text(header);
                case "ce_type" -> type = text(header);
                case "ce_source" -> source = text(header);
                case "ce_subject" -> subject = text(header);
                case "ce_sequence" -> sequence = text(header);
                case "ce_time" -> time = text(header);
                case "ce_correlationid" -> correlationId = text(header);
                case "traceparent" -> traceparent = text(header);
                default -> {
                    // Nobody here asks for it.
                }
            }
        }
    }

    private static @Nullable String text(Header header) {
        byte[] value = header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    /// The message they belong to.
    ///
    /// @throws InvalidMessage if one is missing or malformed
    ReceivedMessage message(JsonNode data, JsonMapper json) {
        try {
            return new ReceivedMessage(
                    UUID.fromString(required("ce_id", id)),
                    required("ce_type", type),
                    required("ce_source", source),
                    required("ce_subject", subject),
                    sequence == null ? 0 : Long.parseLong(sequence),
                    required("ce_time", time),
                    correlationId,
                    data,
                    json);
        } catch (IllegalArgumentException e) {
            throw new InvalidMessage("a CloudEvents header is malformed");
        }
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new InvalidMessage("header " + name + " is missing");
        }
        return value;
    }
}
