package coop.imece.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.NoteTraces;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@ContextConfiguration(classes = SampleApplication.class, initializers = SampleTopics.class)
class ErasureIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static TestBroker broker;

    @Autowired
    Notes notes;

    @Autowired
    NoteTraces traces;

    @Autowired
    MongoOperations mongo;

    @BeforeAll
    static void connect() {
        broker = new TestBroker();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    @Test
    void erasesWhatThereIsAndSendsAReceiptThatNamesNobody() {
        UUID account = UUID.randomUUID();
        UUID erasure = UUID.randomUUID();
        UUID note = noteAbout(account);

        command(erasure, account);

        await().atMost(LONG).untilAsserted(() -> assertThat(receipts(erasure)).hasSize(1));
        assertThat(notes.findById(note).orElseThrow().text()).isEmpty();
        JsonNode receipt = receipts(erasure).getFirst();
        assertThat(receipt.path("service").asString()).isEqualTo("sample-service");
        assertThat(receipt.path("erased").path("notes").asInt()).isEqualTo(1);
        assertThat(receipt.toString()).doesNotContain(account.toString());
        Document stored = mongo.findById(
                Ids.derived("erasure", erasure.toString(), "sample-service"), Document.class, "platform_entries");
        assertThat(stored).isNotNull();
        assertThat(stored.toString()).doesNotContain(account.toString());
    }

    @Test
    void saysItAgainWhenAskedAgainAndErasesNothingTwice() {
        UUID account = UUID.randomUUID();
        UUID erasure = UUID.randomUUID();
        UUID note = noteAbout(account);

        command(erasure, account);
        command(erasure, account);
        command(erasure, account);

        await().atMost(LONG).untilAsserted(() -> assertThat(receipts(erasure)).hasSize(3));
        assertThat(receipts(erasure)).allSatisfy(receipt -> {
            assertThat(receipt.path("erased").path("notes").asInt()).isEqualTo(1);
            assertThat(receipt.path("confirmedAt"))
                    .isEqualTo(receipts(erasure).getFirst().path("confirmedAt"));
        });
        assertThat(broker.distinct(Note.TOPIC, note)).hasSize(2);
    }

    @Test
    void confirmsAlsoAfterAKillBetweenErasingAndConfirming() {
        UUID account = UUID.randomUUID();
        UUID erasure = UUID.randomUUID();
        noteAbout(account);
        assertThat(traces.erase(account)).isEqualTo(Map.of("notes", 1));

        command(erasure, account);

        await().atMost(LONG).untilAsserted(() -> assertThat(receipts(erasure)).hasSize(1));
    }

    @Test
    void setsACommandThatNamesNobodyAsideAndGoesOn() {
        UUID account = UUID.randomUUID();
        UUID erasure = UUID.randomUUID();
        UUID broken = UUID.randomUUID();
        broker.send(ErasureCommands.TOPIC, ErasureCommands.TYPE, broken, 0, "{\"erasure\":\"" + broken + "\"}");
        broker.send(ErasureCommands.TOPIC, "platform.invented.v1", UUID.randomUUID(), 0, "{}");
        command(erasure, account);

        await().atMost(LONG).untilAsserted(() -> assertThat(receipts(erasure)).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(broker.records(ErasureCommands.TOPIC + ".sample.erasureCommands.dlt", broken))
                                .hasSize(1));
        assertThat(receipts(broken)).isEmpty();
    }

    private UUID noteAbout(UUID account) {
        UUID id = Ids.v7();
        notes.save(Note.write(id, account.toString()));
        return id;
    }

    private static void command(UUID erasure, UUID account) {
        String data = ContractAssertions.example(ErasureCommands.TYPE)
                .replace("0192f0c5-9999-7222-8333-444455556666", erasure.toString())
                .replace("0192f0c5-2222-7222-8333-444455556666", account.toString());
        broker.send(ErasureCommands.TOPIC, ErasureCommands.TYPE, account, 0, data);
    }

    private static List<JsonNode> receipts(UUID erasure) {
        return broker.distinct(ErasureConfirmed.TOPIC, erasure).stream()
                .map(record -> {
                    String data = new String(record.value(), StandardCharsets.UTF_8);
                    ContractAssertions.assertMatchesSchema(ErasureConfirmed.TYPE, data);
                    return JsonMapper.shared().readTree(data);
                })
                .toList();
    }
}
