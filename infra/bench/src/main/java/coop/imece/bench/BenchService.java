package coop.imece.bench;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.MongoServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

/// A service with nothing but the starter, so that the starter is what is measured.
@SpringBootApplication
class BenchService {

    /// Reads each record.
    static final String EVENTS = "benchEvents";

    /// Counts batches and looks at no record: what the binder alone costs.
    static final String BATCHES = "benchBatches";

    private final AtomicInteger received = new AtomicInteger();

    @Bean
    AtomicInteger received() {
        return received;
    }

    @Bean
    Consumer<Message<List<byte[]>>> benchEvents(Inbox inbox) {
        return inbox.each(_ -> received.incrementAndGet());
    }

    @Bean
    Consumer<Message<List<byte[]>>> benchBatches() {
        return batch -> received.addAndGet(batch.getPayload().size());
    }

    /// @param function [#EVENTS] or [#BATCHES]
    static ConfigurableApplicationContext start(
            MongoServer mongo, KafkaServer kafka, String topic, String function, String group) {
        return new SpringApplication(BenchService.class)
                .run(
                        "--spring.application.name=bench-service",
                        "--server.port=0",
                        "--imece.database=bench",
                        "--imece.restatement-requests=false",
                        "--imece.erasure-commands=false",
                        "--imece.gateway-keys=http://127.0.0.1:9/none",
                        "--spring.mongodb.uri=" + mongo.uri(),
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--spring.cloud.function.definition=" + function,
                        "--spring.cloud.stream.bindings." + function + "-in-0.destination=" + topic,
                        "--spring.cloud.stream.bindings." + function + "-in-0.group=" + group,
                        "--logging.level.root=WARN");
    }

    static void topics(KafkaServer kafka, String topic, String... groups)
            throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var topics = new java.util.ArrayList<NewTopic>();
            topics.add(new NewTopic(topic, 6, (short) 1));
            for (String group : groups) {
                topics.add(new NewTopic(topic + "." + group + ".dlt", 1, (short) 1));
                topics.add(new NewTopic(topic + "." + group + ".replay", 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }
}
