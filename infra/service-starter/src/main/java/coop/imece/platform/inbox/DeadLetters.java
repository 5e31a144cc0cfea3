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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    public List<DeadLetter> list(boolean decided) {
        Map<String, DeadLetterDecision> decisions = decisions();
        List<DeadLetter> letters = new ArrayList<>();
        try (var consumer = consumer()) {
            for (Source source : sources()) {
                for (var record : last(consumer, source)) {
                    DeadLetter letter = letter(source, record, decisions.get(id(record)), false);
                    if (decided || letter.decision() == null) {
                        letters.add(letter);
                    }
                }
            }
        } catch (KafkaException e) {
            throw away(e);
        }
        letters.sort((a, b) -> b.diedAt().compareTo(a.diedAt()));
        return letters;
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
        int at = id.lastIndexOf('@');
        if (at < 0 || !id.substring(at + 1).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long offset = Long.parseLong(id.substring(at + 1));
        Optional<Source> source = sources().stream()
                .filter(one -> one.dead().equals(id.substring(0, at)))
                .findFirst();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try (var consumer = consumer()) {
            return read(consumer, source.get(), offset, 1).stream()
                    .filter(record -> record.offset() == offset)
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

    private static List<ConsumerRecord<byte[], byte[]>> last(KafkaConsumer<byte[], byte[]> consumer, Source source) {
        return read(consumer, source, -1, SHOWN_PER_GROUP);
    }

    /// Reads up to `most` records from the offset on, or the last ones if the offset is negative.
    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Source source, long offset, int most) {
        var partition = new TopicPartition(source.dead(), 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (consumer.partitionsFor(source.dead(), PATIENCE).isEmpty()) {
            return records;
        }
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        long first = consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        long from = Math.max(first, offset < 0 ? end - most : offset);
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end && records.size() < most && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
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
