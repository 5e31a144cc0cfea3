package coop.imece.platform.aggregate;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;
import tools.jackson.databind.json.JsonMapper;

/// Writes raised events and commands into the outbox of the document that is about to be saved.
///
/// A save on behalf of a command ([Act]) also writes the audit's entry, so that no change goes unrecorded.
///
/// The same callback serves insert and update. An entry above [#LARGEST_ENTRY] bytes is refused here, at save, because
/// the broker would refuse it later, when nobody is there to hear it.
public final class OutboxEntryWriter implements BeforeConvertCallback<AggregateRoot> {

    /// The largest data of one message, in UTF-8 bytes.
    public static final int LARGEST_ENTRY = 256 * 1024;

    private final JsonMapper json;
    private final Clock clock;
    private final MessageOrigin origin;
    private final String service;

    /// @param service the name the audit knows this service by
    public OutboxEntryWriter(JsonMapper json, Clock clock, MessageOrigin origin, String service) {
        this.json = json;
        this.clock = clock;
        this.origin = origin;
        this.service = service;
    }

    @Override
    public AggregateRoot onBeforeConvert(AggregateRoot aggregate, String collection) {
        Act act = aggregate.onlyRestates() ? null : Act.current();
        List<String> facts = aggregate.drain(message -> entry(aggregate, message));
        if (act != null) {
            aggregate.append(
                    entry(aggregate, AuditRecorded.of(act, service, collection, aggregate, facts, clock.instant())));
        }
        return aggregate;
    }

    private OutboxEntry entry(AggregateRoot aggregate, Object message) {
        return switch (message) {
            case Command command -> {
                var type = annotation(command, CommandType.class);
                yield entry(type.topic(), command.key(), type.value(), 0, json.writeValueAsString(command));
            }
            case DomainEvent event ->
                stateEntry(aggregate, annotation(event, EventType.class).value(), event);
            default ->
                stateEntry(aggregate, annotation(aggregate, StateTopic.class).restated(), Map.of());
        };
    }

    private OutboxEntry stateEntry(AggregateRoot aggregate, String type, Object fact) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", aggregate.publicState());
        data.put("fact", fact);
        return entry(
                annotation(aggregate, StateTopic.class).value(),
                aggregate.id().toString(),
                type,
                aggregate.sequence(),
                json.writeValueAsString(data));
    }

    private OutboxEntry entry(String topic, String key, String type, long sequence, String data) {
        if (data.length() * 3L > LARGEST_ENTRY
                && data.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LARGEST_ENTRY) {
            throw new MessageTooLarge(type);
        }
        return new OutboxEntry(
                UUID.randomUUID(),
                topic,
                key,
                type,
                sequence,
                clock.instant(),
                origin.traceparent(),
                origin.correlationId(),
                origin.causationId(),
                data);
    }

    private static <A extends java.lang.annotation.Annotation> A annotation(Object of, Class<A> annotation) {
        return Objects.requireNonNull(
                AnnotatedElementUtils.findMergedAnnotation(of.getClass(), annotation),
                () -> of.getClass() + " lacks @" + annotation.getSimpleName());
    }
}
