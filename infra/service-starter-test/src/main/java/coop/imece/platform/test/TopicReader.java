package coop.imece.platform.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads one topic, each record once, and keeps what it has read: tests ask for the same topic again and again.
final class TopicReader {

    private static final Map<String, TopicReader> READERS = new ConcurrentHashMap<>();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    private TopicReader(String brokers, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// The one reader of this topic; it lives as long as the JVM.
    static TopicReader of(String brokers, String topic) {
        return READERS.computeIfAbsent(brokers + " " + topic, _ -> new TopicReader(brokers, topic));
    }

    /// Everything that has been on the topic so far.
    synchronized List<ConsumerRecord<String, byte[]>> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return List.copyOf(records);
    }
}
