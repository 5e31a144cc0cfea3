package coop.imece.platform.inbox;

import coop.imece.platform.outbox.MessageSender;
import coop.imece.platform.store.FurtherAggregate;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/// The dead letters of this service's consumer groups, read from their topics, with what was decided about them
/// ([DeadLetterDecision]).
public final class DeadLetters {

    private static final int SHOWN_PER_GROUP = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BindingServiceProperties bindings;
    private final MessageSender sender;
    private final MongoOperations mongo;
    private final Clock clock;
    private final String brokers;

    DeadLetters(
            BindingServiceProperties bindings,
            MessageSender sender,
            MongoOperations mongo,
            Clock clock,
            String brokers) {
        this.bindings = bindings;
        this.sender = sender;
        this.mongo = mongo;
        this.clock = clock;
        this.brokers = brokers;
    }

    private record Source(String topic, String group) {
        String dead() {
            return DeadLetterTopics.dead(topic, group);
        }
    }

    /// Why a letter may be given up.
    public enum Reason {

        /// What it tells does not matter any more.
        OUTDATED,

        /// What it should have brought about was brought about in another way.
        DONE_OTHERWISE,

        /// Nobody will ever be able to handle it.
        INVALID
    }

    /// What became of a wish.
    public sealed interface Outcome {
        record Done(DeadLetter letter) implements Outcome {}

        record Unknown() implements Outcome {}

        record AlreadyDecided(String decision) implements Outcome {}
    }

    /// The last ones of each group, newest first; those decided about only if wished.
    ///
    /// At most 200 and two seconds of reading for each group: the rest appears when these are decided about.
    public List<DeadLetter> list(boolean decided) {
        Map<String, DeadLetterDecision> decisions = decisions();
        List<DeadLetter> letters = new ArrayList<>();
        try (var consumer = consumer()) {
            for (Source source : sources()) {
                for (var record : newest(consumer, source, id -> decided || !decisions.containsKey(id))) {
                    letters.add(letter(source, record, decisions.get(id(record)), false));
                }
            }
        } catch (KafkaException e) {
            throw away(e);
        }
        letters.sort((a, b) -> b.diedAt().compareTo(a.diedAt()));
        return letters;
    }

    /// How many wait for a decision, however many there are; none is read for it.
    public int undecided() {
        Set<String> decisions = decisions().keySet();
        long waiting = 0;
        try (var consumer = consumer()) {
            for (Source source : sources()) {
                Kept kept = kept(consumer, source);
                // Nothing is compacted away and nothing written in transactions: each offset is a letter.
                waiting += kept.end()
                        - kept.first()
                        - decisions.stream()
                                .filter(id -> kept.holds(source, id))
                                .count();
            }
        } catch (KafkaException e) {
            throw away(e);
        }
        return Math.toIntExact(waiting);
    }

    /// One with headers and body.
    public Optional<DeadLetter> explain(String id) {
        return find(id).map(found -> letter(found.source(), found.record(), decision(id), true));
    }

    /// Sends it back to its group alone.
    public Outcome replay(String id, String by) {
        Optional<Found> found = find(id);
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        Optional<DeadLetterDecision> before = decide(id, DeadLetterDecision.REPLAYING, by, null);
        if (before.isPresent() && !before.get().decision().equals(DeadLetterDecision.REPLAYING)) {
            return new Outcome.AlreadyDecided(before.get().decision());
        }
        Source source = found.get().source();
        ConsumerRecord<byte[], byte[]> record = found.get().record();
        var again = new ProducerRecord<>(
                DeadLetterTopics.replay(source.topic(), source.group()), record.key(), record.value());
        for (Header header : record.headers()) {
            if (!header.key().startsWith("kafka_dlt") && !header.key().equals(FailureHandling.REASON)) {
                again.headers().add(header);
            }
        }
        try {
            sender.send(again).get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw new TransientDataAccessResourceException("the broker did not take the replay", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("interrupted", e);
        }
        // The decision is on record; that it was carried out is no second one.
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(DeadLetterDecision.idOf(id))),
                Update.update("decision", DeadLetterDecision.REPLAYED),
                FurtherAggregate.COLLECTION);
        return new Outcome.Done(letter(source, record, decision(id), false));
    }

    /// Gives it up, for a reason that stays on record.
    public Outcome discard(String id, String by, Reason reason) {
        Optional<Found> found = find(id);
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        return decide(id, DeadLetterDecision.DISCARDED, by, reason)
                .<Outcome>map(before -> new Outcome.AlreadyDecided(before.decision()))
                .orElseGet(() -> new Outcome.Done(
                        letter(found.get().source(), found.get().record(), decision(id), false)));
    }

    /// The decision that was there before, if there was one.
    private Optional<DeadLetterDecision> decide(String id, String decision, String by, @Nullable Reason reason) {
        try {
            mongo.insert(
                    DeadLetterDecision.of(id, decision, by, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason));
            return Optional.empty();
        } catch (DuplicateKeyException e) {
            return Optional.ofNullable(decision(id));
        }
    }

    private @Nullable DeadLetterDecision decision(String id) {
        return mongo.findById(DeadLetterDecision.idOf(id), DeadLetterDecision.class);
    }

    private Map<String, DeadLetterDecision> decisions() {
        Map<String, DeadLetterDecision> all = new LinkedHashMap<>();
        mongo.find(Query.query(Criteria.where("letter").exists(true)), DeadLetterDecision.class)
                .forEach(decision -> all.put(decision.letter(), decision));
        return all;
    }

    private List<Source> sources() {
        return bindings.getBindings().values().stream()
                .filter(binding -> binding.getGroup() != null && binding.getDestination() != null)
                .map(binding ->
                        new Source(binding.getDestination().split(",")[0].strip(), binding.getGroup()))
                .distinct()
                .toList();
    }

    private record Found(Source source, ConsumerRecord<byte[], byte[]> record) {}

    private Optional<Found> find(String id) {
        long offset = offset(id);
        Optional<Source> source =
                sources().stream().filter(one -> id(one, offset).equals(id)).findFirst();
        if (offset < 0 || source.isEmpty()) {
            return Optional.empty();
        }
        try (var consumer = consumer()) {
            Kept kept = kept(consumer, source.get());
            if (!kept.holds(source.get(), id)) {
                return Optional.empty();
            }
            return read(consumer, source.get(), offset, offset + 1, deadline()).stream()
                    .findFirst()
                    .map(record -> new Found(source.get(), record));
        } catch (KafkaException e) {
            throw away(e);
        }
    }

    /// Answered 503, like any outage of what we stand on.
    private static TransientDataAccessResourceException away(KafkaException cause) {
        return new TransientDataAccessResourceException("the broker does not answer", cause);
    }

    /// The offsets a topic holds: `first` up to, without it, `end`.
    private record Kept(long first, long end) {
        boolean holds(Source source, String id) {
            long offset = offset(id);
            return offset >= first && offset < end && id.equals(id(source, offset));
        }
    }

    private static Kept kept(KafkaConsumer<byte[], byte[]> consumer, Source source) {
        var partition = new TopicPartition(source.dead(), 0);
        if (consumer.partitionsFor(source.dead(), PATIENCE).isEmpty()) {
            return new Kept(0, 0);
        }
        return new Kept(
                consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L),
                consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L));
    }

    /// The newest that are wanted, found backwards in windows; those without a wanted one are not read.
    private static List<ConsumerRecord<byte[], byte[]>> newest(
            KafkaConsumer<byte[], byte[]> consumer, Source source, Predicate<String> wanted) {
        Kept kept = kept(consumer, source);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long deadline = deadline();
        long from;
        for (long to = kept.end(); to > kept.first() && found.size() < SHOWN_PER_GROUP && !over(deadline); to = from) {
            from = Math.max(kept.first(), to - SHOWN_PER_GROUP);
            if (LongStream.range(from, to).anyMatch(offset -> wanted.test(id(source, offset)))) {
                read(consumer, source, from, to, deadline).reversed().stream()
                        .filter(record -> wanted.test(id(record)))
                        .limit(SHOWN_PER_GROUP - found.size())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Source source, long from, long to, long deadline) {
        var partition = new TopicPartition(source.dead(), 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < to && !over(deadline)) {
            consumer.poll(Duration.ofMillis(200)).records(partition).stream()
                    .filter(record -> record.offset() < to)
                    .forEach(records::add);
        }
        return records;
    }

    private static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private static boolean over(long deadline) {
        return System.nanoTime() - deadline > 0;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "@" + record.offset();
    }

    private static String id(Source source, long offset) {
        return source.dead() + "@" + offset;
    }

    /// Negative if the id is none.
    private static long offset(String id) {
        String digits = id.substring(id.lastIndexOf('@') + 1);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }

    private static DeadLetter letter(
            Source source,
            ConsumerRecord<byte[], byte[]> record,
            @Nullable DeadLetterDecision decision,
            boolean whole) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null && !header.key().startsWith("kafka_dlt")) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new DeadLetter(
                id(record),
                source.topic(),
                source.group(),
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                headers.get("ce_type"),
                headers.get(FailureHandling.REASON),
                Instant.ofEpochMilli(record.timestamp()),
                decision == null ? null : decision.decision(),
                decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? null : decision.reason(),
                whole ? headers : null,
                whole && record.value() != null ? new String(record.value(), StandardCharsets.UTF_8) : null);
    }
}
