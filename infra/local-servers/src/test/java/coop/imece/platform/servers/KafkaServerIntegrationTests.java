package coop.imece.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIntegrationTests {

    private static final String TOPIC = "events.gathering.v1";

    @TempDir
    Path folder;

    @Test
    void keepsTopicsAndRecordsWhenItIsKilledAndStartedAgain() throws Exception {
        try (var server = KafkaServer.start(folder)) {
            Topics.ofContracts().create(server.bootstrapServers());
            send(server, "before");

            server.kill();
            server.restart();
            Topics.ofContracts().create(server.bootstrapServers());
            send(server, "after");

            assertThat(read(server, 2)).containsExactlyInAnyOrder("before", "after");
        }
        try (var startedAgain = KafkaServer.start(folder)) {
            assertThat(read(startedAgain, 2)).hasSize(2);
        }
    }

    @Test
    void holdsTheTopicsOfTheContractsAndNoOther() throws Exception {
        try (var server = KafkaServer.start(folder)) {
            var topics = Topics.ofContracts();
            topics.create(server.bootstrapServers());

            try (var admin = admin(server)) {
                assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(topics.names());
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
                var settings =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                assertThat(settings.get("cleanup.policy").value()).isEqualTo("compact");
                assertThat(settings.get("min.compaction.lag.ms").value())
                        .isEqualTo(String.valueOf(Duration.ofDays(14).toMillis()));
                assertThat(admin.describeTopics(List.of(TOPIC))
                                .allTopicNames()
                                .get()
                                .get(TOPIC)
                                .partitions())
                        .hasSize(6);
            }
        }
    }

    private static Admin admin(KafkaServer server) {
        return Admin.create(Map.of("bootstrap.servers", (Object) server.bootstrapServers()));
    }

    private static void send(KafkaServer server, String text) throws Exception {
        try (var producer = new KafkaProducer<>(settings(server), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, text, text)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(KafkaServer server, int count) {
        var settings = settings(server);
        settings.put("group.id", "reader-" + System.nanoTime());
        settings.put("auto.offset.reset", "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(entry -> values.add(entry.value()));
            }
        }
        return values;
    }

    private static Properties settings(KafkaServer server) {
        var settings = new Properties();
        settings.put("bootstrap.servers", server.bootstrapServers());
        settings.put("acks", "all");
        return settings;
    }
}
