package coop.imece.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.MessageTooLarge;
import coop.imece.platform.aggregate.OutboxFull;
import coop.imece.platform.sample.Note;
import coop.imece.platform.sample.Notes;
import coop.imece.platform.sample.SampleApplication;
import coop.imece.platform.sample.SampleTopics;
import coop.imece.platform.store.OutboxIndexes;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.ContextConfiguration;

/// What house-style 2.3 says of documents with an outbox, shown on the real server; and races between savers and
/// relays.
@ServiceTest
@ContextConfiguration(classes = SampleApplication.class, initializers = SampleTopics.class)
class OutboxStoreIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(40);

    @Autowired
    Notes notes;

    @Autowired
    MongoOperations mongo;

    @Autowired
    Restatements restatements;

    @Autowired
    MessageSender sender;

    /// Another class over the same documents, in a collection no relay reads.
    @org.springframework.data.mongodb.core.mapping.Document("quiet_notes")
    static class QuietNote extends AggregateRoot {
        String text;

        QuietNote(UUID id, String text) {
            super(id);
            this.text = text;
        }

        @Override
        protected Object publicState() {
            return text;
        }
    }

    @Test
    void aSaveErasesFieldsTheClassDoesNotMap() {
        QuietNote note = mongo.save(new QuietNote(Ids.v7(), "a"));
        mongo.updateFirst(byId(note), new Update().set("hidden", "beside"), "quiet_notes");

        mongo.save(note);

        assertThat(mongo.findById(note.id(), Document.class, "quiet_notes")).doesNotContainKey("hidden");
    }

    @Test
    void anUpdateThroughTheClassRaisesTheVersionAndOneThroughTheCollectionDoesNot() {
        QuietNote note = mongo.save(new QuietNote(Ids.v7(), "a"));

        mongo.updateFirst(byId(note), new Update().set("text", "b"), "quiet_notes");
        assertThat(writes(note)).isZero();

        mongo.updateFirst(byId(note), new Update().set("text", "c"), QuietNote.class);
        assertThat(writes(note)).isEqualTo(1);
        assertThatThrownBy(() -> mongo.save(note)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void aRestatementLeavesTheVersionSomebodySawCurrentAndStillGuardsTheDocument() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "one"));
        Note seen = notes.findById(id).orElseThrow();

        assertThat(restatements.restate(Note.class, id)).isTrue();

        Note restated = notes.findById(id).orElseThrow();
        assertThat(restated.version()).isEqualTo(seen.version());
        assertThat(restated.sequence()).isEqualTo(2);
        // A change from the copy of before would give the sequence of the restatement away a second time.
        seen.change("two");
        assertThatThrownBy(() -> notes.save(seen)).isInstanceOf(OptimisticLockingFailureException.class);
        restated.change("two");
        assertThat(notes.save(restated).version()).isEqualTo(1);
    }

    private long writes(QuietNote note) {
        return mongo.findById(note.id(), Document.class, "quiet_notes").getLong("write");
    }

    private static Query byId(AggregateRoot aggregate) {
        return new Query(Criteria.where("_id").is(aggregate.id()));
    }

    @Test
    void loadingRaisesNothingAndOneCallbackServesInsertAndUpdate() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "one"));

        Note loaded = notes.findById(id).orElseThrow();
        assertThat(loaded.raised()).isEmpty();
        loaded.change("two");
        loaded.change("three");
        notes.save(loaded);

        assertThat(notes.findById(id).orElseThrow().sequence()).isEqualTo(3);
        try (var broker = new TestBroker()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                            .extracting(record -> TestBroker.header(record, "ce_sequence"))
                            .endsWith("0000000000000000002", "0000000000000000003"));
        }
    }

    @Test
    void aCopyLoadedBeforeThePullWritesThePublishedEntryBackAndItIsOnlyRepeated() {
        UUID id = Ids.v7();
        Note copy = notes.save(Note.write(id, "one"));
        await().atMost(LONG)
                .until(() -> notes.findById(id).orElseThrow().pendingMessages().isEmpty());
        assertThat(copy.pendingMessages()).hasSize(1);

        copy.change("two");
        notes.save(copy);

        try (var broker = new TestBroker()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                            .extracting(record -> TestBroker.header(record, "ce_sequence"))
                            .containsExactly("0000000000000000001", "0000000000000000001", "0000000000000000002"));
            assertThat(broker.distinct(Note.TOPIC, id)).hasSize(2);
        }
    }

    @Test
    void everyEventIsPublishedOnceInOrderWhileSaversRaceWithTheRelay() throws Exception {
        List<UUID> ids = IntStream.range(0, 20).mapToObj(_ -> Ids.v7()).toList();
        List<Future<?>> savers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (UUID id : ids) {
                savers.add(threads.submit(() -> {
                    notes.save(Note.write(id, "0"));
                    for (int n = 1; n < 15; n++) {
                        Note note = notes.findById(id).orElseThrow();
                        note.change(String.valueOf(n));
                        notes.save(note);
                    }
                }));
            }
        }
        for (Future<?> saver : savers) {
            saver.get();
        }

        for (UUID id : ids) {
            // No save failed: the relay's pulls leave the version alone.
            assertThat(notes.findById(id).orElseThrow().version()).isEqualTo(14);
        }
        await().atMost(LONG)
                .until(() -> mongo.count(new Query(Criteria.where("outbox.0").exists(true)), "notes") == 0);
        try (var broker = new TestBroker()) {
            var all = broker.records(Note.TOPIC);
            for (UUID id : ids) {
                List<Long> sequences = all.stream()
                        .filter(record -> id.toString().equals(record.key()))
                        .map(record -> Long.parseLong(TestBroker.header(record, "ce_sequence")))
                        .toList();
                // Repeats are allowed (a save from a copy with the entry), losses and disorder of first ones are not.
                assertThat(sequences.stream().distinct().toList())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, 15).boxed().toList());
            }
        }
    }

    @Test
    void theRelaysQueryExaminesOnlyWhatIsPending() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Document note = new Document("_id", Ids.v7()).append("outbox", new ArrayList<>());
            if (i % 50 == 0) {
                note.put("outbox", List.of(new Document("_id", UUID.randomUUID()).append("occurredAt", new Date())));
            }
            documents.add(note);
        }
        mongo.execute("quiet_notes", quiet -> quiet.insertMany(documents));
        new OutboxIndexes(mongo).afterPropertiesSet();

        Document plan = mongo.execute(
                "quiet_notes",
                quiet -> quiet.find(new Document("outbox.occurredAt", new Document("$exists", true)))
                        .sort(new Document("outbox.occurredAt", 1))
                        .limit(1_000)
                        .explain(com.mongodb.ExplainVerbosity.EXECUTION_STATS));

        Document stats = plan.get("executionStats", Document.class);
        assertThat(stats.getInteger("totalDocsExamined")).isEqualTo(40);
        assertThat(stats.getInteger("nReturned")).isEqualTo(40);
        assertThat(plan.toString())
                .contains("IXSCAN")
                .doesNotContain("COLLSCAN")
                .doesNotContain("stage=SORT,");
    }

    @Test
    void idsAreStandardBinariesAndEntriesNameNoClass() {
        QuietNote note = new QuietNote(Ids.v7(), "a");
        mongo.save(note);

        var stored = mongo.execute(
                "quiet_notes",
                quiet -> quiet.withDocumentClass(org.bson.BsonDocument.class)
                        .find(new Document("_id", note.id()))
                        .first());
        assertThat(stored.getBinary("_id").getType()).isEqualTo((byte) 4);
        Document document = new Document();
        mongo.getConverter()
                .write(ContractAssertions.entriesOf(Note.write(Ids.v7(), "a")).getFirst(), document);
        document.remove("_class");
        assertThat(document.toString()).contains("sample.note.written.v1").doesNotContain("coop.imece");
    }

    @Test
    void refusesTooLargeAMessageAndTooFullAnOutboxBeforeAnythingIsSaved() {
        UUID id = Ids.v7();
        assertThatThrownBy(() -> notes.save(Note.write(id, "x".repeat(300_000))))
                .isInstanceOf(MessageTooLarge.class);
        assertThat(notes.findById(id)).isEmpty();

        Clock late = Clock.fixed(Instant.now().plus(OutboxWatch.TOO_OLD).plusSeconds(60), ZoneOffset.UTC);
        var watch = new OutboxWatch(mongo, late, new SimpleMeterRegistry());
        mongo.execute(
                "stalled",
                stalled -> stalled.insertOne(new Document("_id", Ids.v7())
                        .append(
                                "outbox",
                                List.of(new Document("_id", UUID.randomUUID()).append("occurredAt", new Date())))));
        watch.look("stalled");
        assertThatThrownBy(() -> watch.check(Note.write(id, "b"), "stalled")).isInstanceOf(OutboxFull.class);
        watch.check(Note.write(id, "b"), "notes");
    }

    @Test
    void twoRelaysOfOneCollectionNeverWorkTogether() {
        Lease first = new Lease(mongo, "leased", "sample-1");
        Lease second = new Lease(mongo, "leased", "sample-2");

        assertThat(first.keep()).isTrue();
        assertThat(second.keep()).isFalse();
        assertThat(first.renew()).isTrue();
        // The first stops renewing, as if frozen: the second takes over after five seconds of its own clock.
        await().atMost(LONG).until(second::keep);
        assertThat(first.renew()).isFalse();
        assertThat(first.keep()).isFalse();
        // Restarted under its old name, the second takes its own back at once; the first does not.
        Lease restarted = new Lease(mongo, "leased", "sample-2");
        assertThat(new Lease(mongo, "leased", "sample-1").keep()).isFalse();
        assertThat(restarted.keep()).isTrue();
        assertThat(second.renew()).isFalse();
    }

    @Test
    void restatesOnceANightWhatChangedAndNothingElse() {
        mongo.dropCollection(NightlyRestatement.COLLECTION);
        UUID fresh = Ids.v7();
        UUID old = Ids.v7();
        notes.save(Note.write(fresh, "fresh"));
        notes.save(Note.write(old, "old"));
        await().atMost(LONG)
                .until(() -> notes.findById(old).orElseThrow().pendingMessages().isEmpty());
        mongo.updateFirst(
                new Query(Criteria.where("_id").is(old)),
                new Update().set("changedAt", Date.from(Instant.now().minus(Duration.ofDays(30)))),
                "notes");
        Clock night = Clock.fixed(
                Instant.now().atOffset(ZoneOffset.UTC).withHour(2).toInstant().plus(Duration.ofDays(1)),
                ZoneOffset.UTC);
        Clock noon = Clock.offset(night, Duration.ofHours(10));

        new NightlyRestatement(mongo, restatements, noon).run();
        assertThat(notes.findById(fresh).orElseThrow().sequence()).isEqualTo(1);
        new NightlyRestatement(mongo, restatements, night).run();
        new NightlyRestatement(mongo, restatements, night).run();

        assertThat(notes.findById(fresh).orElseThrow().sequence()).isEqualTo(2);
        assertThat(notes.findById(old).orElseThrow().sequence()).isEqualTo(1);
    }

    /// A document with one message that waits, in a collection no relay of the service reads.
    private void waiting(String collection, UUID id, String text) {
        waiting(collection, id, text, Note.TOPIC);
    }

    private void waiting(String collection, UUID id, String text, String topic) {
        mongo.execute(
                collection,
                notes -> notes.insertOne(new Document("_id", id)
                        .append(
                                "outbox",
                                List.of(new Document("_id", UUID.randomUUID())
                                        .append("topic", topic)
                                        .append("key", id.toString())
                                        .append("type", "sample.note.written.v1")
                                        .append("sequence", 1L)
                                        .append("occurredAt", new Date())
                                        .append("data", "{\"state\":{\"text\":\"" + text + "\"},\"fact\":{}}")))));
    }

    @Test
    void aRelayThatIsToldToStopStillSendsWhatWasSavedOnTheWayDown() {
        UUID id = Ids.v7();
        waiting("parting_notes", id, "last");
        Relay parting = new Relay(mongo, "parting_notes", Note.class, sender, restatements, "sample-8");

        parting.stop();
        parting.run();

        try (var broker = new TestBroker()) {
            assertThat(broker.records(Note.TOPIC, id)).hasSize(1);
        }
    }

    @Test
    void aNightThatFailedIsTriedAgain() {
        mongo.dropCollection(NightlyRestatement.COLLECTION);
        Clock night = Clock.fixed(Instant.parse("2031-03-05T02:00:00Z"), ZoneOffset.UTC);
        UUID id = Ids.v7();
        notes.save(Note.write(id, "one"));
        mongo.updateFirst(
                new Query(Criteria.where("_id").is(id)),
                new Update().set("changedAt", Date.from(night.instant())),
                "notes");

        // Without collections to go through it fails at once.
        assertThatThrownBy(() -> new NightlyRestatement(mongo, new Restatements(mongo, null), night).run())
                .isInstanceOf(RuntimeException.class);
        new NightlyRestatement(mongo, restatements, night).run();

        assertThat(notes.findById(id).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void aHolderThatFindsItsLeaseGoneRestatesWhatItSent() {
        UUID id = Ids.v7();
        notes.save(Note.write(id, "one"));
        await().atMost(LONG)
                .until(() -> notes.findById(id).orElseThrow().pendingMessages().isEmpty());
        waiting("stolen_notes", id, "stale");
        Relay frozen = new Relay(mongo, "stolen_notes", Note.class, sender, restatements, "sample-9");

        // It never held the lease it believes in: as after a thaw.
        assertThat(frozen.round()).isEqualTo(1);

        try (var broker = new TestBroker()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(broker.records(Note.TOPIC, id))
                            .last()
                            .satisfies(record -> assertThat(TestBroker.header(record, "ce_type"))
                                    .isEqualTo("sample.note.restated.v1")));
        }
    }

    @Test
    void aHolderThatFindsItsLeaseGoneRestatesAlsoWhatWasNotAcknowledged() {
        UUID id = published("one");
        // The client says it gave up; whether the record left all the same nobody knows.
        waiting("unheard_notes", id, "stale", "sample.nowhere.v1");
        Relay frozen = new Relay(mongo, "unheard_notes", Note.class, sender, restatements, "sample-9");

        assertThat(frozen.round()).isZero();

        assertThat(notes.findById(id).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeRestatedIsRestatedLaterByWhoeverHasTheLeaseThen() throws Exception {
        UUID id = published("one");
        waiting("owed_notes", id, "stale");
        var failures = new AtomicInteger(2);
        Restatements halting = new Restatements(halting(failures), new OutboxIndexes(mongo));
        Relay thawed = new Relay(mongo, "owed_notes", Note.class, sender, halting, "sample-9");

        assertThat(thawed.round()).isEqualTo(1);
        assertThat(notes.findById(id).orElseThrow().sequence()).isEqualTo(1);
        // It fails once more before the relay takes the lease, which nobody has.
        Thread relaying = Thread.ofVirtual().start(thawed);

        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(notes.findById(id).orElseThrow().sequence()).isEqualTo(2));
        thawed.stop();
        relaying.join();
        assertThat(failures).hasNegativeValue();
    }

    private UUID published(String text) {
        UUID id = Ids.v7();
        notes.save(Note.write(id, text));
        await().atMost(LONG)
                .until(() -> notes.findById(id).orElseThrow().pendingMessages().isEmpty());
        return id;
    }

    /// The store, away for the first few reads.
    private MongoOperations halting(AtomicInteger failures) {
        return (MongoOperations) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MongoOperations.class}, (_, method, arguments) -> {
                    if (method.getName().equals("findById") && failures.getAndDecrement() > 0) {
                        throw new MongoTimeoutException("the store is away");
                    }
                    return method.invoke(mongo, arguments);
                });
    }
}
