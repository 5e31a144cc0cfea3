package coop.imece.platform.inbox;

import coop.imece.platform.aggregate.CurrentOrigin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            List<?> headers = Objects.requireNonNull(
                    batch.getHeaders().get(KafkaHeaders.BATCH_CONVERTED_HEADERS, List.class),
                    "the defaults name another converter");
            for (int place = 0; place < records.size(); place++) {
                try {
                    handle(
                            records.get(place) instanceof byte[] bytes ? bytes : null,
                            new CloudEventHeaders(BareHeaders.of((Map<?, ?>) headers.get(place))),
                            handler);
                } catch (RuntimeException e) {
                    throw new BatchListenerFailedException("one record of the batch failed", e, place);
                }
            }
        };
    }

    private void handle(byte @Nullable [] body, CloudEventHeaders headers, Consumer<ReceivedMessage> handler) {
        ReceivedMessage message = headers.message(data(body), json);
        try (var _ = CurrentOrigin.bind(
                headers.traceparent(), message.correlationId(), message.id().toString())) {
            handler.accept(message);
        }
    }

    private JsonNode data(byte @Nullable [] body) {
        if (body == null) {
            throw new InvalidMessage("no body");
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new InvalidMessage("the body is not JSON");
        }
    }
}
