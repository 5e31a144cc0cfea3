package coop.imece.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.SampleProcess;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.MongoServer;
import coop.imece.platform.test.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A broker and a database of its own, which die and come back while a service works.
@TestMethodOrder(MethodOrderer.MethodName.class)
class OutageIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String BODY = "{\"text\":\"%s\",\"stars\":1}";

    private static KafkaServer kafka;
    private static MongoServer mongo;
    private static SampleProcess process;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start();
        SampleTopics.create(kafka.bootstrapServers());
        mongo = MongoServer.start();
        process = new SampleProcess("outage-1", mongo.uri(), kafka.bootstrapServers(), "outage").ready();
    }

    @AfterAll
    static void stop() {
        process.close();
        mongo.close();
        kafka.close();
    }

    @Test
    void commandsGoOnWithoutTheBrokerAndTheirMessagesLeaveWhenItIsBack() throws Exception {
        UUID poison = Ids.v7();
        UUID before = written("before");
        try (var broker = new TestBroker(kafka.bootstrapServers())) {
            await().atMost(LONG).until(() -> broker.records(Note.TOPIC, before).size() == 1);
            // Its handler takes four seconds to refuse it: by then there is no broker to take the dead letter.
            broker.send(
                    Note.TOPIC,
                    "sample.note.written.v1",
                    poison,
                    1,
                    "{\"state\":{\"text\":\"slow poison\"},\"fact\":{}}");
        }
        List<UUID> acrossTheDeath = Collections.synchronizedList(new ArrayList<>());
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int n = 0; n < 40; n++) {
                acrossTheDeath.add(written("across " + n));
            }
        });
        await().atMost(LONG)
                .until(() ->
                        acrossTheDeath.size() >= 10 && process.output().contains("slow poison is being swallowed"));
        kafka.kill();
        writer.join();

        UUID during = written("during");
        assertThat(process.status("/api/v1/notes/" + during)).isEqualTo(200);
        assertThat(process.status("/actuator/health/readiness")).isEqualTo(200);
        await().atMost(LONG).until(() -> process.output().contains("could not be moved to the dead letters"));
        kafka.restart();

        acrossTheDeath.add(during);
        assertThat(acrossTheDeath).hasSize(41);
        try (var broker = new TestBroker(kafka.bootstrapServers())) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(broker.records(Note.TOPIC).stream()
                                    .map(record -> UUID.fromString(record.key()))
                                    .toList())
                            .containsAll(acrossTheDeath));
            await().atMost(LONG)
                    .until(() -> !broker.records(Note.TOPIC + ".sample.noteEvents.dlt", poison)
                            .isEmpty());
        }
    }

    @Test
    void aServiceStartsWithoutTheBrokerAndTakesCommandsWhoseMessagesLeaveLater() throws Exception {
        kafka.kill();
        try (var lonely = new SampleProcess("lonely-1", mongo.uri(), kafka.bootstrapServers(), "lonely").ready()) {
            var answer = lonely.post("/api/v1/notes", BODY.formatted("lonely"), Map.of());
            assertThat(answer.statusCode()).isEqualTo(201);
            UUID note = id(answer);
            kafka.restart();

            try (var broker = new TestBroker(kafka.bootstrapServers())) {
                await().atMost(LONG)
                        .until(() -> !broker.records(Note.TOPIC, note).isEmpty());
            }
        } finally {
            kafka.restart();
        }
    }

    /// How long the answer may take is what the driver is told: `PlatformDefaultsTests`.
    @Test
    void theDatabaseAwayIsA503AndNothingIsLost() throws Exception {
        UUID before = written("before");
        mongo.freeze();
        try {
            var answer = posted("not now");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("/problems/try-later");
            assertThat(process.status("/actuator/health/liveness")).isEqualTo(200);
        } finally {
            mongo.thaw();
        }

        await().atMost(LONG).until(() -> process.status("/api/v1/notes/" + before) == 200);
        UUID after = written("after");
        try (var broker = new TestBroker(kafka.bootstrapServers())) {
            await().atMost(LONG).until(() -> !broker.records(Note.TOPIC, after).isEmpty());
        }
    }

    private static UUID written(String text) {
        var answer = posted(text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return id(answer);
    }

    private static UUID id(HttpResponse<String> answer) {
        return UUID.fromString(
                answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
    }

    private static HttpResponse<String> posted(String text) {
        try {
            return process.post("/api/v1/notes", BODY.formatted(text), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
