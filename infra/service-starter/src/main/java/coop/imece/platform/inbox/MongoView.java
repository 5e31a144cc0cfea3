package coop.imece.platform.inbox;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/// `{_id, sequence, state, gap}`: one conditional upsert per message.
final class MongoView<T> implements View<T> {

    private static final Logger LOG = LoggerFactory.getLogger(MongoView.class);

    private final MongoOperations mongo;
    private final String collection;
    private final Class<T> type;
    private final BiConsumer<String, String> askForRestatement;
    private final BriefWait wait = new BriefWait();

    MongoView(MongoOperations mongo, String collection, Class<T> type, BiConsumer<String, String> askForRestatement) {
        this.mongo = mongo;
        this.collection = collection;
        this.type = type;
        this.askForRestatement = askForRestatement;
    }

    @Override
    public boolean apply(ReceivedMessage message) {
        UUID id = message.aggregateId();
        Bson change = change(message);
        while (true) {
            try {
                Document before = mongo.execute(
                        collection,
                        documents -> documents.findOneAndUpdate(
                                Filters.and(Filters.eq("_id", id), Filters.lt("sequence", message.sequence())),
                                change,
                                new FindOneAndUpdateOptions()
                                        .upsert(true)
                                        .returnDocument(ReturnDocument.BEFORE)
                                        .projection(Projections.include("sequence", "gap"))));
                noticeGap(message, before);
                return true;
            } catch (DuplicateKeyException e) {
                // Either a newer message was here, or another first message just won the insert: look, then decide.
                if (sequence(id) >= message.sequence()) {
                    return false;
                }
            }
        }
    }

    private Bson change(ReceivedMessage message) {
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set("sequence", message.sequence()));
        if (erased(message)) {
            changes.add(Updates.unset("state"));
        } else {
            Document state = new Document();
            mongo.getConverter().write(message.state(type), state);
            state.remove("_class");
            changes.add(Updates.set("state", state));
        }
        if (restatement(message)) {
            changes.add(Updates.unset("gap"));
        }
        return Updates.combine(changes);
    }

    private static boolean erased(ReceivedMessage message) {
        return !message.data().path("state").isObject()
                || message.data().path("state").isEmpty()
                || message.type().contains(".erased.");
    }

    private static boolean restatement(ReceivedMessage message) {
        return message.type().contains(".restated.");
    }

    /// A gap leaves the state right, since each message carries it whole; but what was missed may never have arrived
    /// here, so the owner is asked once to say it again.
    private void noticeGap(ReceivedMessage message, @Nullable Document before) {
        if (before == null || restatement(message) || before.getBoolean("gap", false)) {
            return;
        }
        long expected = before.getLong("sequence") + 1;
        if (message.sequence() > expected) {
            LOG.warn(
                    "View {} of {} expected sequence {} and heard {}",
                    collection,
                    message.subject(),
                    expected,
                    message.sequence());
            mongo.execute(
                    collection,
                    documents -> documents.updateOne(
                            Filters.and(
                                    Filters.eq("_id", message.aggregateId()),
                                    Filters.eq("sequence", message.sequence())),
                            Updates.set("gap", true)));
            askForRestatement.accept(topic(message.type()), message.subject());
        }
    }

    /// `directory.organisation.changed.v1` travels on `directory.organisation.v1`.
    private static String topic(String type) {
        String[] parts = type.split("\\.");
        return parts.length < 4 ? type : String.join(".", parts[0], parts[1], parts[parts.length - 1]);
    }

    private long sequence(UUID id) {
        Document stored = mongo.execute(
                collection,
                documents -> documents
                        .find(Filters.eq("_id", id))
                        .projection(Projections.include("sequence"))
                        .first());
        return stored == null ? -1 : stored.getLong("sequence");
    }

    @Override
    public Optional<T> find(UUID id) {
        Document stored = mongo.execute(
                collection, documents -> documents.find(Filters.eq("_id", id)).first());
        return Optional.ofNullable(stored).flatMap(this::state);
    }

    @Override
    public List<T> find(Criteria criteria, int limit) {
        Query query = new Query(new Criteria()
                        .andOperator(criteria, Criteria.where("state").exists(true)))
                .with(Sort.by("_id"))
                .limit(limit);
        return mongo.find(query, Document.class, collection).stream()
                .flatMap(stored -> state(stored).stream())
                .toList();
    }

    private Optional<T> state(Document stored) {
        return Optional.ofNullable(stored.get("state", Document.class))
                .map(state -> mongo.getConverter().read(type, state));
    }

    @Override
    public Optional<T> await(UUID id, Predicate<T> condition) {
        return wait.await(() -> find(id).filter(condition));
    }
}
