package coop.imece.platform.outbox;

import coop.imece.platform.aggregate.OutboxEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/// The platform's own way to the broker: acknowledged by all replicas, idempotent, and quick to say that the broker is
/// away.
public final class MessageSender implements DisposableBean {

    private static final Duration GIVE_UP = Duration.ofMillis(1500);

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaTemplate<byte[], byte[]> template;
    private final String source;

    /// @param brokers bootstrap servers
    /// @param service becomes the CloudEvents source `/<service>`
    public MessageSender(String brokers, String service) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, service + "-outbox");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) GIVE_UP.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_500);
        this.producers =
                new DefaultKafkaProducerFactory<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producers.setPhysicalCloseTimeout(3);
        this.template = new KafkaTemplate<>(producers);
        this.source = "/" + service;
    }

    /// Sends a waiting entry as a CloudEvent in binary mode; done when all replicas have it.
    public CompletableFuture<?> send(OutboxEntry entry) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(entry.topic(), bytes(entry.key()), bytes(entry.data()));
        Headers headers = message.headers();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", entry.id().toString());
        add(headers, "ce_type", entry.type());
        add(headers, "ce_source", source);
        add(headers, "ce_subject", entry.key());
        add(headers, "ce_time", entry.occurredAt().toString());
        if (entry.sequence() > 0) {
            // The extension compares sequences as texts.
            add(headers, "ce_sequence", "%019d".formatted(entry.sequence()));
        }
        add(headers, "content-type", "application/json");
        add(headers, "traceparent", entry.traceparent());
        add(headers, "ce_correlationid", entry.correlationId());
        add(headers, "ce_causationid", entry.causationId());
        return send(message);
    }

    /// Sends a record as it is.
    public CompletableFuture<?> send(ProducerRecord<byte[], byte[]> message) {
        try {
            return template.send(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// The template behind it, for dead letters: keys and bodies as the consumer read them, whatever they are.
    public KafkaTemplate<byte[], byte[]> template() {
        return template;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, bytes(value));
        }
    }

    @Override
    public void destroy() {
        template.destroy();
        producers.destroy();
    }
}
