package coop.imece.platform.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.aggregate.CurrentOrigin;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.OutboxFull;
import coop.imece.platform.outbox.Restatements;
import coop.imece.platform.sample.KnownNote;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.NoteReactions;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.store.StoreFailures;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

/// From save to view and to reaction, and what happens to messages nobody can handle.
@ServiceTest
@ContextConfiguration(classes = SampleApplication.class, initializers = SampleTopics.class)
class MessagingIntegrationTests {

    private static final String DEAD = Note.TOPIC + ".sample.noteEvents.dlt";
    private static final Duration LONG = Duration.ofSeconds(30);

    private static TestBroker broker;

    @Autowired
    Notes notes;

    @Autowired
    NoteReactions reactions;

    @Autowired
    View<KnownNote> known;

    @Autowired
    Views views;

    @Autowired
    Restatements restatements;

    @Autowired
    MongoOperations mongo;

    @Autowired
    DeadLetters letters;

    @Autowired
    ConsumerConfigCustomizer members;

    @Autowired
    MockMvc http;

    @Autowired
    Environment environment;

    @BeforeAll
    static void connect() {
        broker = new TestBroker();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    @Test
    void publishesWhatWasSavedAndThenForgetsIt() {
        UUID id = Ids.v7();
        try (var _ = CurrentOrigin.bind(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "correlation-1", "cause-1")) {
            notes.save(Note.write(id, "first"));
        }

        await().untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                .singleElement()
                .satisfies(record -> {
                    assertThat(TestBroker.header(record, "ce_type")).isEqualTo("sample.note.written.v1");
                    assertThat(TestBroker.header(record, "ce_source")).isEqualTo("/sample-service");
                    assertThat(TestBroker.header(record, "ce_subject")).isEqualTo(id.toString());
                    assertThat(TestBroker.header(record, "ce_sequence")).isEqualTo("0000000000000000001");
                    assertThat(TestBroker.header(record, "ce_correlationid")).isEqualTo("correlation-1");
                    assertThat(TestBroker.header(record, "ce_causationid")).isEqualTo("cause-1");
                    assertThat(TestBroker.header(record, "traceparent")).contains("0af7651916cd43dd8448eb211c80319c");
                    assertThat(record.headers().toArray())
                            .noneMatch(header -> header.key().startsWith("spring"));
                    assertThat(new String(record.value(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"state\":{\"id\":\"%s\",\"text\":\"first\"},\"fact\":{\"writtenId\":\"%s\"}}"
                                    .formatted(id, id));
                }));
        await().untilAsserted(() ->
                assertThat(notes.findById(id).orElseThrow().pendingMessages()).isEmpty());
        assertThat(notes.findById(id).orElseThrow().version()).isZero();
        await().untilAsserted(() -> assertThat(known.find(id)).contains(new KnownNote("first")));
    }

    /// One that stayed behind would take messages for handlers that are gone.
    @Test
    void leavesNoConsumerBehindWhenItIsStoppedWhileItStarts() throws Exception {
        var settings = Stream.of(
                        "spring.mongodb.uri",
                        "spring.mongodb.database",
                        "spring.kafka.bootstrap-servers",
                        "imece.gateway-keys",
                        "imece.sealing.public-key",
                        "imece.sealing.private-key")
                .map(name -> "--" + name + "=" + environment.getRequiredProperty(name));
        var arguments = Stream.concat(
                        settings,
                        Stream.of("--server.port=0", "--imece.instance=passing", "--imece.nightly-restatement=false"))
                .toArray(String[]::new);

        new SpringApplicationBuilder(SampleApplication.class).run(arguments).close();

        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", environment.getRequiredProperty("spring.kafka.bootstrap-servers")))) {
            // The name stays in the group until its session is over; whoever still reads keeps it.
            await().atMost(LONG)
                    .pollDelay(Duration.ofSeconds(12))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> admin
                            .describeConsumerGroups(List.of("sample.noteEvents"))
                            .all()
                            .get()
                            .get("sample.noteEvents")
                            .members()
                            .stream()
                            .noneMatch(member ->
                                    member.groupInstanceId().orElse("").startsWith("passing")));
        }
    }

    @Test
    void keepsTheNewestStateWhateverTheOrderInWhichMessagesCome() {
        UUID id = Ids.v7();
        View<KnownNote> view = views.view("known_" + id, KnownNote.class);

        assertThat(view.apply(message(id, "changed", 3, "third"))).isTrue();
        assertThat(view.apply(message(id, "written", 1, "first"))).isFalse();
        assertThat(view.apply(message(id, "changed", 3, "third again"))).isFalse();
        assertThat(view.apply(message(id, "invented", 4, "fourth"))).isTrue();

        assertThat(view.find(id)).contains(new KnownNote("fourth"));
        assertThat(view.apply(message(id, "erased", 5, "ERASED"))).isTrue();
        assertThat(view.find(id)).isEmpty();
        assertThat(view.apply(message(id, "changed", 4, "late"))).isFalse();
        assertThat(view.find(id)).isEmpty();
    }

    @Test
    void letsOneOfManyRacingFirstMessagesWinByItsSequence() {
        UUID id = Ids.v7();
        View<KnownNote> view = views.view("known_" + id, KnownNote.class);

        IntStream.rangeClosed(1, 50).parallel().forEach(n -> view.apply(message(id, "changed", n, "text " + n)));

        assertThat(view.find(id)).contains(new KnownNote("text 50"));
    }

    private static ReceivedMessage message(UUID id, String type, long sequence, String text) {
        return coop.imece.platform.test.ContractAssertions.received(
                "sample.note." + type + ".v1",
                id,
                sequence,
                "{\"state\":{\"id\":\"" + id + "\",\"text\":\"" + text + "\"},\"fact\":{}}");
    }

    private static void send(UUID id, String type, long sequence, String text) {
        broker.send(
                Note.TOPIC,
                "sample.note." + type + ".v1",
                id,
                sequence,
                "{\"state\":{\"id\":\"" + id + "\",\"text\":\"" + text + "\"},\"fact\":{}}");
    }

    @Test
    void rebuildsAViewRightlyFromATopicWhoseLastRecordIsStale() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "old"));
        Note note = notes.findById(id).orElseThrow();
        note.change("new");
        notes.save(note);
        await().untilAsserted(() -> assertThat(known.find(id)).contains(new KnownNote("new")));
        // What a thawed relay does, and what compaction would keep.
        send(id, "written", 1, "old");
        assertThat(lastText(id)).isEqualTo("old");

        View<KnownNote> rebuilt = views.view("rebuilt_" + id, KnownNote.class);
        ConsumerRecord<String, byte[]> kept = broker.records(Note.TOPIC, id).getLast();
        rebuilt.apply(received(id, kept));
        assertThat(rebuilt.find(id)).contains(new KnownNote("old"));
        int reacted = reactionsTo(id);

        restatements.restate(Note.class, id);

        await().untilAsserted(() -> assertThat(lastText(id)).isEqualTo("new"));
        ConsumerRecord<String, byte[]> restated = broker.records(Note.TOPIC, id).getLast();
        assertThat(TestBroker.header(restated, "ce_type")).isEqualTo("sample.note.restated.v1");
        rebuilt.apply(received(id, restated));
        assertThat(rebuilt.find(id)).contains(new KnownNote("new"));
        await().untilAsserted(() -> assertThat(sequenceInView(id)).isEqualTo(3));
        // The stale repeat of the fact was the last one a reaction saw; the restatement is none.
        assertThat(reactionsTo(id)).isEqualTo(reacted);
    }

    private static ReceivedMessage received(UUID id, ConsumerRecord<String, byte[]> record) {
        return coop.imece.platform.test.ContractAssertions.received(
                TestBroker.header(record, "ce_type"),
                id,
                Long.parseLong(TestBroker.header(record, "ce_sequence")),
                new String(record.value(), StandardCharsets.UTF_8));
    }

    private static String lastText(UUID id) {
        String body = new String(broker.records(Note.TOPIC, id).getLast().value(), StandardCharsets.UTF_8);
        return body.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
    }

    private int reactionsTo(UUID id) {
        return (int) reactions.reactedTo().stream().filter(id::equals).count();
    }

    private long sequenceInView(UUID id) {
        return mongo.findById(id, org.bson.Document.class, "known_notes").getLong("sequence");
    }

    @Test
    void asksTheOwnerAfterAGap() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "one"));
        await().untilAsserted(() -> assertThat(known.find(id)).contains(new KnownNote("one")));

        // Sequence 2 never comes; the owner, asked by the view, says its state again as number 2, which is stale by
        // now and must change nothing, then goes on counting beyond.
        send(id, "changed", 3, "three");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                        .anySatisfy(record ->
                                assertThat(TestBroker.header(record, "ce_type")).isEqualTo("sample.note.restated.v1")));
    }

    @Test
    void waitsForWhatMayBeOnItsWayBeforeItSaysNo() {
        UUID late = Ids.v7();
        Thread.ofVirtual().start(() -> send(late, "written", 1, "late"));

        assertThat(known.await(late, note -> note.text().equals("late"))).isPresent();
        assertThat(known.await(late, note -> note.text().equals("another"))).isEmpty();
        assertThat(known.await(Ids.v7(), _ -> true)).isEmpty();
    }

    @Test
    void aBindingSaysHowMuchItFetchesAndTheRestFetchesMuch() {
        Map<String, Object> own = new HashMap<>(Map.of("max.poll.records", 1));
        Map<String, Object> usual = new HashMap<>();

        members.configure(own, "chunks-in-0", "a");
        members.configure(usual, "events-in-0", "a");

        assertThat(own).containsEntry("max.poll.records", 1);
        assertThat(usual).containsEntry("max.poll.records", 2_000).containsEntry("session.timeout.ms", 10_000);
    }

    @Test
    void aFullOutboxIsWaitedForAndNoDeadLetter() {
        assertThat(StoreFailures.unavailable(new IllegalStateException(new OutboxFull("notes"))))
                .isTrue();
    }

    @Test
    void movesAPoisonousMessageAloneToTheDeadLetters() {
        String run = Ids.v7().toString();
        List<UUID> ids = IntStream.range(0, 30).mapToObj(_ -> Ids.v7()).toList();
        // While its handler is busy with this one the others gather: the poisons stand in the middle of a batch.
        send(Ids.v7(), "written", 1, "slow poison " + run);
        await().until(() -> reactions.tries("slow poison " + run) == 1);
        for (int i = 0; i < ids.size(); i++) {
            send(ids.get(i), "written", 1, (i == 7 || i == 21 ? "poison " : "fine ") + run + " " + i);
        }

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(reactions.handled().stream().filter(text -> text.contains(run)))
                        .hasSize(28));
        await().untilAsserted(() -> assertThat(dead(ids.get(7), ids.get(21)))
                .hasSize(2)
                .allSatisfy(record -> {
                    assertThat(TestBroker.header(record, FailureHandling.REASON))
                            .isEqualTo("invalid: poison");
                    assertThat(TestBroker.header(record, "ce_type")).isEqualTo("sample.note.written.v1");
                    assertThat(record.headers().toArray())
                            .noneMatch(header -> header.key().contains("stacktrace")
                                    || header.key().contains("message"));
                }));
        assertThat(reactions.tries("poison " + run + " 7")).isEqualTo(1);
    }

    @Test
    void triesATransientFaultThreeTimesAndADefectOnce() {
        UUID again = Ids.v7();
        UUID defect = Ids.v7();
        UUID fine = Ids.v7();
        send(again, "written", 1, "transient " + again);
        send(defect, "written", 1, "defect " + defect);
        send(fine, "written", 1, "fine " + fine);

        await().atMost(LONG).untilAsserted(() -> assertThat(known.find(fine)).isPresent());
        assertThat(reactions.tries("transient " + again)).isEqualTo(3);
        assertThat(reactions.tries("defect " + defect)).isEqualTo(1);
        assertThat(dead(again, defect))
                .hasSize(2)
                .allSatisfy(record ->
                        // The words of a foreign exception may repeat what it was thrown for.
                        assertThat(record.headers().toString()).doesNotContain("a defect that repeats"));
    }

    @Test
    void decidesByTheLatestFailureOfARecordNotByItsFirst() {
        UUID broken = Ids.v7();
        UUID healed = Ids.v7();
        UUID late = Ids.v7();
        send(broken, "written", 1, "first away, then a defect " + broken);
        send(healed, "written", 1, "first away " + healed);
        send(late, "written", 1, "first transient, then away " + late);

        await().atMost(LONG).untilAsserted(() -> assertThat(dead(broken, late)).hasSize(2));
        assertThat(TestBroker.header(dead(broken).getFirst(), FailureHandling.REASON))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(reactions.tries("first away, then a defect " + broken)).isEqualTo(2);
        assertThat(known.find(healed)).isPresent();
        assertThat(dead(healed)).isEmpty();
        // Two tries in vain, two while the store was away, which do not count, and the last word.
        assertThat(TestBroker.header(dead(late).getFirst(), FailureHandling.REASON))
                .isEqualTo("invalid: at last");
        assertThat(reactions.tries("first transient, then away " + late)).isEqualTo(5);
    }

    @Test
    void movesWhatIsNoCloudEventToTheDeadLetters() {
        UUID tombstone = Ids.v7();
        UUID nonsense = Ids.v7();
        UUID headless = Ids.v7();
        UUID fine = Ids.v7();
        broker.send(Note.TOPIC, nonsense.toString(), bytes("{"), TestBroker.headers("a.b.c.v1", "x", 1));
        broker.send(Note.TOPIC, headless.toString(), bytes("{}"), Map.of());
        broker.sendTombstone(Note.TOPIC, tombstone);
        send(fine, "written", 1, "fine " + fine);

        await().atMost(LONG).untilAsserted(() -> assertThat(known.find(fine)).isPresent());
        await().untilAsserted(
                        () -> assertThat(dead(nonsense, headless, tombstone)).hasSize(3));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void losesNothingWhenTheDeadLetterItselfIsRefused() throws Exception {
        UUID poison = Ids.v7();
        UUID after = Ids.v7();
        limitDeadLetters("300");
        try {
            send(poison, "written", 1, "poison " + "x".repeat(1_000) + poison);
            send(after, "written", 1, "fine " + after);
            await().atMost(LONG).until(() -> reactions.tries("poison " + "x".repeat(1_000) + poison) >= 2);
            assertThat(known.find(after)).isEmpty();
            assertThat(dead(poison)).isEmpty();
        } finally {
            limitDeadLetters("1048588");
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(dead(poison)).hasSize(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(known.find(after)).isPresent());
    }

    private static void limitDeadLetters(String bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD);
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                coop.imece.platform.test.RealServers.kafka().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void showsAndCountsUndecidedDeadLettersHoweverManyCameAfterThem() {
        int before = letters.undecided();
        UUID early = Ids.v7();
        die(early);
        UUID decided = Ids.v7();
        IntStream.range(0, 450).forEach(_ -> die(decided));

        assertThat(letters.undecided()).isEqualTo(before + 451);
        assertThat(letters.list(false).stream().filter(letter -> letter.id().startsWith(DEAD)))
                .hasSize(200)
                .allMatch(letter -> decided.toString().equals(letter.key()));

        mongo.insertAll(dead(decided).stream()
                .map(record -> DeadLetterDecision.of(
                        record.topic() + "@" + record.offset(),
                        DeadLetterDecision.DISCARDED,
                        "somebody",
                        Instant.now(),
                        DeadLetters.Reason.OUTDATED))
                .toList());

        assertThat(letters.undecided()).isEqualTo(before + 1);
        assertThat(letters.list(false)).extracting(DeadLetter::key).contains(early.toString());
        assertThat(letters.list(true).stream().filter(letter -> letter.id().startsWith(DEAD)))
                .hasSize(200)
                .allMatch(letter -> decided.toString().equals(letter.key()));
    }

    private static void die(UUID key) {
        broker.send(DEAD, key.toString(), bytes("{}"), Map.of());
    }

    private static List<ConsumerRecord<String, byte[]>> dead(UUID... keys) {
        List<String> wanted = List.of(keys).stream().map(UUID::toString).toList();
        return broker.records(DEAD).stream()
                .filter(record -> wanted.contains(record.key()))
                .toList();
    }

    @Test
    void givesAdministratorsTheDeadLettersToReplayOrDiscard() throws Exception {
        UUID curable = Ids.v7();
        String text = "defect " + curable;
        send(curable, "written", 1, text);
        await().atMost(LONG).untilAsserted(() -> assertThat(dead(curable)).hasSize(1));
        String id = DEAD + "@" + dead(curable).getFirst().offset();
        String operations = "/internal/operations/dead-letters";
        TestTokens tokens = TestTokens.of("sample-service");
        String administrator = tokens.administrator(Ids.v7());

        http.perform(get(operations)).andExpect(status().isUnauthorized());
        http.perform(get(operations).header("Authorization", tokens.reviewer(Ids.v7())))
                .andExpect(status().isForbidden());
        http.perform(get(operations).header("Authorization", administrator))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.items[?(@.id == '" + id + "')].reason").value("java.lang.IllegalStateException"));
        http.perform(get(operations + "/" + id).header("Authorization", administrator))
                .andExpect(jsonPath("$.body").value(org.hamcrest.Matchers.containsString(text)));
        http.perform(post(operations + "/nothing@1/replay").header("Authorization", administrator))
                .andExpect(status().isNotFound());

        http.perform(post(operations + "/" + id + "/replay").header("Authorization", administrator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").value("REPLAYED"));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(reactions.tries(text)).isEqualTo(2));
        // Still broken, so it is a dead letter again, of the same group and not of the replay topic.
        await().atMost(LONG).untilAsserted(() -> assertThat(dead(curable)).hasSize(2));
        http.perform(post(operations + "/" + id + "/discard?reason=OUTDATED").header("Authorization", administrator))
                .andExpect(status().isConflict());
        String again = DEAD + "@" + dead(curable).getLast().offset();
        http.perform(post(operations + "/" + again + "/discard").header("Authorization", administrator))
                .andExpect(status().isBadRequest());
        http.perform(post(operations + "/" + again + "/discard?reason=INVALID").header("Authorization", administrator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decisionReason").value("INVALID"));
        http.perform(get(operations).header("Authorization", administrator))
                .andExpect(jsonPath("$.items[?(@.key == '" + curable + "')]").isEmpty());
    }
}
