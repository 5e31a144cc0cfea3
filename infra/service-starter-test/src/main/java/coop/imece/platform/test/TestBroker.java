package coop.imece.platform.test;

import coop.imece.platform.aggregate.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Puts messages on topics and reads what is there, beside the service under test.
public final class TestBroker implements AutoCloseable {

    private final String brokers;
    private @Nullable KafkaProducer<String, byte[]> producer;

    /// On the broker of this build.
    public TestBroker() {
        this(RealServers.kafka().bootstrapServers());
    }

    public TestBroker(String brokers) {
        this.brokers = brokers;
    }

    /// Sends a CloudEvent as another service's relay would, and waits for the acknowledgement.
    ///
    /// @param sequence 0 for a command
    public void send(String topic, String type, UUID id, long sequence, String data) {
        send(topic, id.toString(), data.getBytes(StandardCharsets.UTF_8), headers(type, id.toString(), sequence));
    }

    /// Sends the published example of a type, as it stands or changed by the caller.
    public void sendExample(String topic, String type, UUID id, long sequence) {
        send(topic, type, id, sequence, ContractAssertions.example(type));
    }

    /// Sends a record without a body, which no service of ours does.
    public void sendTombstone(String topic, UUID key) {
        send(topic, key.toString(), null, Map.of());
    }

    /// Sends anything.
    public void send(String topic, String key, byte @Nullable [] body, Map<String, String> headers) {
        var message = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer().send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Most tests only read.
    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", brokers, "acks", "all"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    /// The headers of a CloudEvent of now.
    public static Map<String, String> headers(String type, String subject, long sequence) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                Ids.v7().toString(),
                "ce_type",
                type,
                "ce_source",
                "/test",
                "ce_subject",
                subject,
                "ce_time",
                Instant.now().toString(),
                "content-type",
                "application/json"));
        if (sequence > 0) {
            headers.put("ce_sequence", "%019d".formatted(sequence));
        }
        return headers;
    }

    /// Everything that has been on a topic so far.
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        return TopicReader.of(brokers, topic).all();
    }

    /// Waits until the group has handled everything that is on the topic now: what it has not done then, it will not
    /// do.
    public void awaitHandled(String topic, String group) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", brokers, "group.id", group, "allow.auto.create.topics", false);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toSet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Awaitility.await(group + " has handled " + topic)
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> reached(ends, consumer.committed(partitions)));
        }
    }

    private static boolean reached(
            Map<TopicPartition, Long> ends, Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata handled = committed.get(end.getKey());
            return end.getValue() == 0 || handled != null && handled.offset() >= end.getValue();
        });
    }

    /// The records with this key, in order.
    public List<ConsumerRecord<String, byte[]>> records(String topic, UUID key) {
        return records(topic).stream()
                .filter(record -> key.toString().equals(record.key()))
                .toList();
    }

    /// The same, each message once: what was sent just before another save may be sent again with it.
    public List<ConsumerRecord<String, byte[]>> distinct(String topic, UUID key) {
        Set<String> seen = new HashSet<>();
        return records(topic, key).stream()
                .filter(record -> seen.add(header(record, "ce_id")))
                .toList();
    }

    /// A header as text, or an empty one.
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
