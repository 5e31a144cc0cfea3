package coop.imece.bench;

import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.MongoServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Messages through the whole consuming side (binder, batch, CloudEvents headers, JSON, a handler), and through the
/// binder as we set it up with nobody looking into the batches, each against the raw consumer that only counts the same
/// records.
final class MessagePath {

    private static final int MESSAGES = 600_000;
    private static final int WARM_UPS = 2;
    private static final int PAIRS = 5;
    private static final String TOPIC = "bench.message.v1";

    private MessagePath() {}

    static void run(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (var mongo = MongoServer.start(folder.resolve("mongodb"));
                var kafka = KafkaServer.start(folder.resolve("kafka"))) {
            BenchService.topics(
                    kafka,
                    TOPIC,
                    Stream.of(BenchService.EVENTS, BenchService.BATCHES)
                            .flatMap(function ->
                                    IntStream.range(0, WARM_UPS + PAIRS).mapToObj(round -> group(function, round)))
                            .toArray(String[]::new));
            produce(kafka);
            for (int round = 0; round < WARM_UPS; round++) {
                raw(kafka);
                ours(mongo, kafka, BenchService.EVENTS, round);
                ours(mongo, kafka, BenchService.BATCHES, round);
            }
            var whole = new Pairs("messages through the consuming side");
            var binder = new Pairs("messages through the binder alone");
            for (int round = WARM_UPS; round < WARM_UPS + PAIRS; round++) {
                double seconds = raw(kafka);
                whole.add(MESSAGES / ours(mongo, kafka, BenchService.EVENTS, round), MESSAGES / seconds);
                binder.add(MESSAGES / ours(mongo, kafka, BenchService.BATCHES, round), MESSAGES / seconds);
            }
            whole.print("≥ 0.30");
            binder.print("≥ 0.30");
        }
    }

    private static String group(String function, int round) {
        return "bench." + function + round;
    }

    private static void produce(KafkaServer kafka) {
        byte[] data =
                ("{\"state\":{\"text\":\"" + "imece ".repeat(75) + "\"},\"fact\":{}}").getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 20);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < MESSAGES; i++) {
                String id = new UUID(7, i).toString();
                var message = new ProducerRecord<>(TOPIC, id.getBytes(StandardCharsets.UTF_8), data);
                Map.of(
                                "ce_id",
                                id,
                                "ce_type",
                                "bench.message.written.v1",
                                "ce_source",
                                "/bench",
                                "ce_subject",
                                id,
                                "ce_specversion",
                                "1.0",
                                "ce_time",
                                Instant.EPOCH.toString(),
                                "ce_sequence",
                                "0000000000000000001",
                                "traceparent",
                                "00-%032x-%016x-01".formatted(i + 1, i + 1))
                        .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                var _ = producer.send(message);
            }
        }
    }

    /// Seconds from the first message to the last; joining the group is not what is measured.
    private static double ours(MongoServer mongo, KafkaServer kafka, String function, int round) {
        try (ConfigurableApplicationContext service =
                BenchService.start(mongo, kafka, TOPIC, function, group(function, round))) {
            AtomicInteger received = service.getBean(AtomicInteger.class);
            long first = 0;
            while (received.get() < MESSAGES) {
                if (first == 0 && received.get() > 0) {
                    first = System.nanoTime();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return (System.nanoTime() - first) / 1e9;
        }
    }

    private static double raw(KafkaServer kafka) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "raw-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                2_000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long first = 0;
            int count = 0;
            while (count < MESSAGES) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
                if (first == 0 && count > 0) {
                    first = System.nanoTime();
                }
            }
            return (System.nanoTime() - first) / 1e9;
        }
    }
}
