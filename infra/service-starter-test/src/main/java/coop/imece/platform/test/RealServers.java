package coop.imece.platform.test;

import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.MongoServer;
import coop.imece.platform.servers.Topics;
import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

/// The one real database and the one real broker of this build: they start when first asked for and end with the JVM.
public final class RealServers {

    private static final class Mongo {
        static final MongoServer SERVER = MongoServer.start();
    }

    private static final class Kafka {
        static final KafkaServer SERVER = started();

        private static KafkaServer started() {
            KafkaServer server = KafkaServer.start();
            Topics.ofContracts().create(server.bootstrapServers());
            return server;
        }
    }

    /// The database.
    public static MongoServer mongo() {
        return Mongo.SERVER;
    }

    /// The broker, with all topics.
    public static KafkaServer kafka() {
        return Kafka.SERVER;
    }

    private RealServers() {}

    /// Points a context at them, with a database of its own that is dropped when the context closes.
    static void use(ConfigurableApplicationContext context) {
        String database = "test_" + UUID.randomUUID().toString().replace("-", "");
        TestPropertyValues.of(
                        "spring.mongodb.uri=" + withTimeouts(mongo().uri()),
                        "spring.mongodb.database=" + database,
                        "spring.kafka.bootstrap-servers=" + kafka().bootstrapServers(),
                        // A test that counts messages must say the same at noon and at night.
                        "imece.nightly-restatement=false",
                        "imece.instance=test-" + database.substring(5, 13),
                        "imece.gateway-keys=" + TestTokens.keySet(),
                        "imece.sealing.public-key="
                                + TestKeys.SEALING.toPublicJWK().toJSONString(),
                        "imece.sealing.private-key=" + TestKeys.SEALING.toJSONString())
                .applyTo(context);
        context.addApplicationListener(event -> {
            if (event instanceof org.springframework.context.event.ContextClosedEvent closed
                    && closed.getApplicationContext() == context) {
                drop(database);
            }
        });
    }

    /// More patience than in operation: a loaded build machine must not look like an outage.
    private static String withTimeouts(String uri) {
        return uri + (uri.contains("?") ? "&" : "?") + "serverSelectionTimeoutMS=10000&timeoutMS=15000";
    }

    private static void drop(String database) {
        try (var client = com.mongodb.client.MongoClients.create(mongo().uri())) {
            client.getDatabase(database).drop();
        }
    }
}
