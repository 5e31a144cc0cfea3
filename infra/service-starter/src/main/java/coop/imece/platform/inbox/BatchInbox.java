package coop.imece.platform.inbox;

import coop.imece.platform.aggregate.CurrentOrigin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes batches apart; what a handler throws is reported with the place of the record, so that the error handler can
/// acknowledge those before it and treat this one alone.
final class BatchInbox implements Inbox {

    private final JsonMapper json;

    /// @param json the lenient mapper
    BatchInbox(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Consumer<Message<List<byte[]>>> each(Consumer<ReceivedMessage> handler) {
        return batch -> {
            List<?> records = batch.getPayload();
            List<?> headers = batch.getHeaders().get(KafkaHeaders.BATCH_CONVERTED_HEADERS, List.class);
            for (int place = 0; place < records.size(); place++) {
                try {
                    handle(
                            records.get(place) instanceof byte[] bytes ? bytes : null,
                            headers == null ? Map.of() : (Map<?, ?>) headers.get(place),
                            handler);
                } catch (RuntimeException e) {
                    throw new BatchListenerFailedException("one record of the batch failed", e, place);
                }
            }
        };
    }

    private void handle(byte @Nullable [] body, Map<?, ?> headers, Consumer<ReceivedMessage> handler) {
        ReceivedMessage message = message(body, headers);
        String correlation = message.correlationId();
        try (var _ = CurrentOrigin.bind(
                header(headers, "traceparent"), correlation, message.id().toString())) {
            handler.accept(message);
        }
    }

    private ReceivedMessage message(byte @Nullable [] body, Map<?, ?> headers) {
        if (body == null) {
            throw new InvalidMessage("no body");
        }
        try {
            String sequence = header(headers, "ce_sequence");
            return new ReceivedMessage(
                    UUID.fromString(required(headers, "ce_id")),
                    required(headers, "ce_type"),
                    required(headers, "ce_source"),
                    required(headers, "ce_subject"),
                    sequence == null ? 0 : Long.parseLong(sequence),
                    required(headers, "ce_time"),
                    header(headers, "ce_correlationid"),
                    data(body),
                    json);
        } catch (IllegalArgumentException e) {
            throw new InvalidMessage("a CloudEvents header is malformed");
        }
    }

    private JsonNode data(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new InvalidMessage("the body is not JSON");
        }
    }

    private static String required(Map<?, ?> headers, String name) {
        String value = header(headers, name);
        if (value == null) {
            throw new InvalidMessage("header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String header(Map<?, ?> headers, String name) {
        return switch (headers.get(name)) {
            case null -> null;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Object other -> other.toString();
        };
    }
}
