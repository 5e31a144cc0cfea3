package coop.imece.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import coop.imece.platform.aggregate.Act;
import coop.imece.platform.aggregate.AuditRecorded;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.outbox.Restatements;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@ContextConfiguration(
        classes = {SampleApplication.class, AuditIntegrationTests.Watched.class},
        initializers = SampleTopics.class)
class AuditIntegrationTests {

    private static final String ADDRESS = "/api/v1/notes";
    private static final TestTokens TOKENS = TestTokens.of("sample-service");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestBroker broker;

    @Autowired
    MockMvc http;

    @Autowired
    Notes notes;

    @Autowired
    Restatements restatements;

    @Autowired
    Writes writes;

    @BeforeAll
    static void connect() {
        broker = new TestBroker();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    /// Requests run in the test's own thread here, so a command that stayed bound would be seen.
    @AfterEach
    void noCommandStaysBound() {
        assertThat(Act.current()).isNull();
    }

    @Test
    void writesTheEntryTogetherWithTheChangeAndItsMessage() throws Exception {
        UUID account = Ids.v7();
        UUID id = written(TOKENS.account(account), "Ayşe’nin notu");

        assertThat(writes.of(id))
                .singleElement()
                .extracting(AuditIntegrationTests::types)
                .isEqualTo(List.of("sample.note.written.v1", AuditRecorded.TYPE));
        Map<String, Object> entry = onlyEntryOf(id);
        assertThat(entry)
                .containsEntry("service", "sample-service")
                .containsEntry("operation", "POST /api/v1/notes")
                .containsEntry("aggregate", "notes")
                .containsEntry("subject", id.toString())
                .containsEntry("facts", List.of("sample.note.written.v1"))
                .containsEntry("account", account.toString())
                .containsEntry("session", "test-session")
                .containsKey("at")
                .doesNotContainKeys("client", "onBehalfOf", "organisation");
        assertThat(entry.toString()).doesNotContain("Ayşe");
    }

    @Test
    void saysWhichProgramDidItForWhomByAPatternWithoutIds() throws Exception {
        UUID client = Ids.v7();
        UUID organisation = Ids.v7();
        UUID id = Ids.v7();
        notes.save(Note.write(id, "first"));

        http.perform(post("/audited/{id}/touch", id)
                        .header("Authorization", TOKENS.program(client, organisation, "notes:write")))
                .andExpect(status().isOk());

        assertThat(onlyEntryOf(id))
                .containsEntry("operation", "POST /audited/{id}/touch")
                .containsEntry("account", client.toString())
                .containsEntry("client", client.toString())
                .containsEntry("onBehalfOf", organisation.toString());
    }

    @Test
    void recordsAlsoAChangeThatPublishesNothing() throws Exception {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "first"));

        http.perform(post("/audited/{id}/silence", id).header("Authorization", TOKENS.account(Ids.v7())))
                .andExpect(status().isOk());

        assertThat(onlyEntryOf(id)).containsEntry("facts", List.of());
    }

    @Test
    void recordsAnyonesCommandWithoutAnAccount() throws Exception {
        UUID id = written(null, "anyone's");

        assertThat(onlyEntryOf(id))
                .containsEntry("operation", "POST /api/v1/notes")
                .doesNotContainKeys("account", "session", "client", "onBehalfOf");
    }

    @Test
    void recordsNothingForAWorkerOrARestatement() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "a worker's"));
        restatements.restate(Note.class, id);
        Act.bind(new Act("POST /internal/restatements", Ids.v7(), null, null, null));
        try {
            restatements.restate(Note.class, id);
        } finally {
            Act.bind(null);
        }

        await().untilAsserted(() -> assertThat(broker.distinct(Note.TOPIC, id)).hasSize(3));
        assertThat(entriesOf(id)).isEmpty();
        assertThat(writes.of(id)).flatExtracting(AuditIntegrationTests::types).doesNotContain(AuditRecorded.TYPE);
    }

    @Test
    void recordsNothingOfWhatWasRefused() throws Exception {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "first"));
        String token = TOKENS.account(Ids.v7());

        http.perform(post(ADDRESS)
                        .header("Authorization", token)
                        .contentType("application/json")
                        .content("{\"stars\":1}"))
                .andExpect(status().is(422));
        http.perform(patch(ADDRESS + "/{id}", id)
                        .header("Authorization", token)
                        .header("If-Match", "\"7\"")
                        .contentType("application/merge-patch+json")
                        .content("{\"text\":\"late\"}"))
                .andExpect(status().isPreconditionFailed());
        http.perform(post("/audited/{id}/overtaken", id).header("Authorization", token))
                .andExpect(status().isConflict());
        http.perform(post("/audited/{id}/defect", id).header("Authorization", token))
                .andExpect(status().isInternalServerError());

        http.perform(post("/audited/{id}/touch", id).header("Authorization", TOKENS.program(Ids.v7(), Ids.v7())))
                .andExpect(status().isForbidden());

        // The change of the one who overtook was a worker's.
        await().untilAsserted(() -> assertThat(broker.distinct(Note.TOPIC, id)).hasSize(2));
        assertThat(notes.findById(id).orElseThrow().text()).isEqualTo("overtook");
        assertThat(entriesOf(id)).isEmpty();
        assertThat(broker.records(AuditRecorded.TOPIC))
                .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("overtaken"));
    }

    private UUID written(@org.jspecify.annotations.Nullable String token, String text) throws Exception {
        var request = post(ADDRESS).contentType("application/json").content("{\"text\":\"" + text + "\",\"stars\":1}");
        String location = http.perform(token == null ? request : request.header("Authorization", token))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getHeader("Location");
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private static Map<String, Object> onlyEntryOf(UUID id) {
        await().untilAsserted(() -> assertThat(entriesOf(id)).hasSize(1));
        return entriesOf(id).getFirst();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entriesOf(UUID id) {
        return broker.distinct(AuditRecorded.TOPIC, id).stream()
                .map(record -> {
                    String data = new String(record.value(), StandardCharsets.UTF_8);
                    assertThat(TestBroker.header(record, "ce_type")).isEqualTo(AuditRecorded.TYPE);
                    ContractAssertions.assertMatchesSchema(AuditRecorded.TYPE, data);
                    return (Map<String, Object>) JSON.readValue(data, Map.class);
                })
                .toList();
    }

    private static List<String> types(BsonDocument document) {
        return document.getArray("outbox").stream()
                .map(entry -> entry.asDocument().getString("type").getValue())
                .toList();
    }

    /// Every document of a note as the driver sent it.
    static final class Writes implements CommandListener {

        private record Write(UUID id, BsonDocument document) {}

        private final List<Write> seen = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            BsonDocument command = event.getCommand();
            if (onNotes(command, "insert")) {
                for (BsonValue document : command.getArray("documents")) {
                    add(document.asDocument(), document.asDocument());
                }
            } else if (onNotes(command, "update")) {
                for (BsonValue update : command.getArray("updates")) {
                    BsonDocument replacement = update.asDocument().getDocument("u");
                    // The relay's updates begin with an operator.
                    if (replacement.containsKey("outbox")) {
                        add(update.asDocument().getDocument("q"), replacement);
                    }
                }
            }
        }

        private static boolean onNotes(BsonDocument command, String name) {
            return command.containsKey(name)
                    && command.isString(name)
                    && command.getString(name).getValue().equals("notes");
        }

        private void add(BsonDocument identified, BsonDocument document) {
            seen.add(new Write(identified.getBinary("_id").asUuid(), document.clone()));
        }

        List<BsonDocument> of(UUID id) {
            return seen.stream()
                    .filter(write -> write.id().equals(id))
                    .map(Write::document)
                    .toList();
        }
    }

    @RestController
    static class Audited {

        private final Notes notes;

        Audited(Notes notes) {
            this.notes = notes;
        }

        @coop.imece.platform.security.NeedsScope("notes:write")
        @PostMapping("/audited/{id}/touch")
        void touch(@PathVariable UUID id) {
            Note note = notes.findById(id).orElseThrow();
            note.change("touched");
            notes.save(note);
        }

        @PostMapping("/audited/{id}/silence")
        void silence(@PathVariable UUID id) {
            notes.save(notes.findById(id).orElseThrow());
        }

        /// Loses against a worker that was faster.
        @PostMapping("/audited/{id}/overtaken")
        void overtaken(@PathVariable UUID id) {
            Note late = notes.findById(id).orElseThrow();
            CompletableFuture.runAsync(() -> {
                        Note faster = notes.findById(id).orElseThrow();
                        faster.change("overtook");
                        notes.save(faster);
                    })
                    .join();
            late.change("overtaken");
            notes.save(late);
        }

        @PostMapping("/audited/{id}/defect")
        void defect(@PathVariable UUID id) {
            notes.findById(id).orElseThrow().change("never saved");
            throw new IllegalStateException("a defect");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watched {

        @Bean
        Writes writes() {
            return new Writes();
        }

        @Bean
        MongoClientSettingsBuilderCustomizer seenWrites(Writes writes) {
            return settings -> settings.addCommandListener(writes);
        }

        @Bean
        Audited audited(Notes notes) {
            return new Audited(notes);
        }
    }
}
