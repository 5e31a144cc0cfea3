package coop.imece.platform.inbox;

import coop.imece.platform.aggregate.MessageOrigin;
import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.outbox.MessageSender;
import coop.imece.platform.outbox.Restatements;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Asks the owner of a state topic to say an aggregate's state again, and answers such requests of others.
///
/// Topic `platform.restatement.commands.v1`, read by every service; whoever does not own the topic named in it ignores
/// it. Idempotent: a repeat restates once more, which changes nothing. A request that is lost costs nothing but time:
/// the nightly restatement follows.
final class RestatementRequests {

    static final String TOPIC = "platform.restatement.commands.v1";
    static final String TYPE = "platform.restate-aggregate.v1";

    private static final Logger LOG = LoggerFactory.getLogger(RestatementRequests.class);

    private final MessageSender sender;
    private final Restatements restatements;
    private final JsonMapper json;
    private final Clock clock;
    private final MessageOrigin origin;

    RestatementRequests(
            MessageSender sender, Restatements restatements, JsonMapper json, Clock clock, MessageOrigin origin) {
        this.sender = sender;
        this.restatements = restatements;
        this.json = json;
        this.clock = clock;
        this.origin = origin;
    }

    record RestateAggregate(String topic, UUID id) {}

    void ask(String topic, String id) {
        var request = new RestateAggregate(topic, UUID.fromString(id));
        var _ = sender.send(new OutboxEntry(
                        UUID.randomUUID(),
                        TOPIC,
                        id,
                        TYPE,
                        0,
                        clock.instant(),
                        origin.traceparent(),
                        origin.correlationId(),
                        origin.causationId(),
                        json.writeValueAsString(request)))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.warn("The request to restate {} of {} was not sent", id, topic);
                    }
                });
    }

    void on(ReceivedMessage message) {
        if (message.type().equals(TYPE)) {
            RestateAggregate request = message.command(RestateAggregate.class);
            restatements.restate(request.topic(), request.id());
        }
    }
}
