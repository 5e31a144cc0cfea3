package coop.imece.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.SampleProcess;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.test.RealServers;
import coop.imece.platform.test.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Processes of the sample service that are frozen and killed while they work.
class ProcessDeathIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String GROUP = "sample.noteEvents";
    private static final String SESSION =
            "--spring.cloud.stream.kafka.bindings.noteEvents-in-0.consumer.configuration.session.timeout.ms=";

    private final String database =
            "death_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private MongoClient mongo;
    private TestBroker broker;

    @BeforeEach
    void connect() {
        SampleTopics.create(RealServers.kafka().bootstrapServers());
        mongo = MongoClients.create(com.mongodb.MongoClientSettings.builder()
                .applyConnectionString(
                        new com.mongodb.ConnectionString(RealServers.mongo().uri()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        broker = new TestBroker();
    }

    @AfterEach
    void disconnect() {
        mongo.getDatabase(database).drop();
        mongo.close();
        broker.close();
    }

    private SampleProcess start(String instance, String... settings) {
        return new SampleProcess(
                instance + "-" + database,
                RealServers.mongo().uri(),
                RealServers.kafka().bootstrapServers(),
                database,
                settings);
    }

    private MongoCollection<Document> collection(String name) {
        return mongo.getDatabase(database).getCollection(name);
    }

    private static UUID write(SampleProcess process, String text) throws Exception {
        var answer = process.post("/api/v1/notes", "{\"text\":\"" + text + "\",\"stars\":1}", Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(
                answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
    }

    private long sent(UUID id) {
        return broker.records(Note.TOPIC, id).size();
    }

    private String holder() {
        Document lease =
                collection("outbox_leases").find(new Document("_id", "notes")).first();
        return lease == null ? "" : lease.getString("owner");
    }

    @Test
    void anotherInstanceRelaysForAFrozenHolderAndTheThawedOneStepsBack() throws Exception {
        try (var first = start("first");
                var second = start("second")) {
            first.ready();
            second.ready();
            UUID before = write(first, "before");
            await().atMost(LONG).until(() -> sent(before) >= 1);
            boolean firstHolds = holder().startsWith("first");
            SampleProcess holding = firstHolds ? first : second;
            SampleProcess other = firstHolds ? second : first;
            String frozen = holder();

            holding.freeze();
            UUID meanwhile = write(other, "meanwhile");
            await().atMost(LONG).until(() -> sent(meanwhile) >= 1);
            assertThat(holder()).isNotEqualTo(frozen);
            holding.thaw();

            UUID after = write(holding, "after");
            await().atMost(LONG).until(() -> sent(after) >= 1);
            await().atMost(LONG)
                    .until(() ->
                            collection("notes").countDocuments(new Document("outbox.0", new Document("$exists", true)))
                                    == 0);
            // Two holders for a moment cost repeats at most; here not even those.
            assertThat(holder()).isNotEqualTo(frozen);
            assertThat(List.of(sent(before), sent(meanwhile), sent(after))).allMatch(times -> times <= 2);
        }
    }

    /// The session of the killed one would last for half an hour, longer than anybody waits here: by its name the
    /// restarted process is the same member, and no session has to run out first.
    @Test
    void aConsumerKilledAndRestartedGoesOnWithinItsOldSessionAndLosesNothing() throws Exception {
        String member = "only-" + database + "-noteEvents-in-0-0";
        try (var process =
                start("only", SESSION + Duration.ofMinutes(30).toMillis()).ready()) {
            UUID first = write(process, "first");
            await().atMost(LONG).until(() -> known(first));
            assertThat(members()).containsExactly(member);

            process.kill();
            List<UUID> during = IntStream.range(0, 20).mapToObj(_ -> Ids.v7()).toList();
            during.forEach(id -> broker.send(
                    Note.TOPIC,
                    "sample.note.written.v1",
                    id,
                    1,
                    "{\"state\":{\"id\":\"" + id + "\",\"text\":\"x\"},\"fact\":{}}"));
            process.restart();
            process.ready();

            await().atMost(LONG).until(() -> during.stream().allMatch(this::known));
            assertThat(members()).containsExactly(member);
        } finally {
            leave(member);
        }
    }

    /// The others would wait for it for as long as its session lasts.
    private static void leave(String member) throws Exception {
        try (Admin admin = admin()) {
            admin.removeMembersFromConsumerGroup(
                            GROUP, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(member))))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", RealServers.kafka().bootstrapServers()));
    }

    private static List<String> members() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP).members().stream()
                    .map(member -> member.groupInstanceId().orElse("none"))
                    .toList();
        }
    }

    @Test
    void aProcessWhoseNameAnotherTookSaysThatItMustBeRestarted() throws Exception {
        try (var first = start("twin").ready()) {
            UUID note = write(first, "first");
            await().atMost(LONG).until(() -> known(note));
            assertThat(first.status("/actuator/health/liveness")).isEqualTo(200);

            try (var second = start("twin").ready()) {
                await().atMost(LONG).until(() -> first.status("/actuator/health/liveness") == 503);
                assertThat(second.status("/actuator/health/liveness")).isEqualTo(200);
            }
        }
    }

    private boolean known(UUID id) {
        return collection("known_notes").countDocuments(new Document("_id", id)) == 1;
    }

    @Test
    void oneKeySixtyFourTimesWithAKillInBetweenHasOneEffect() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = "{\"text\":\"once\",\"stars\":1}";
        Map<String, String> header = Map.of("Idempotency-Key", key);
        try (var process = start("only").ready()) {
            List<CompletableFuture<Integer>> half = IntStream.range(0, 32)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> status(process, body, header),
                            command -> Thread.ofVirtual().start(command)))
                    .toList();
            await().atMost(LONG).until(() -> collection("idempotent_requests").countDocuments() == 1);
            process.kill();
            half.forEach(CompletableFuture::join);
            process.restart();
            process.ready();

            List<Integer> rest = IntStream.range(0, 32)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> status(process, body, header),
                            command -> Thread.ofVirtual().start(command)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(rest).isSubsetOf(201, 409).contains(201);
            assertThat(collection("notes").countDocuments()).isEqualTo(1);
            assertThat(status(process, body, header)).isEqualTo(201);
            assertThat(collection("notes").countDocuments()).isEqualTo(1);
        }
    }

    private static int status(SampleProcess process, String body, Map<String, String> headers) {
        try {
            return process.post("/api/v1/notes", body, headers).statusCode();
        } catch (java.io.IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
