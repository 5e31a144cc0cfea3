package coop.imece.platform.outbox;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.store.OutboxIndexes;
import coop.imece.platform.store.StoreFailures;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/// Publishes the present state of aggregates again: views take it, reactions ignore it.
///
/// It goes through a save like any change, so it cannot race with one: a sequence is never given twice.
public final class Restatements {

    private static final Logger LOG = LoggerFactory.getLogger(Restatements.class);
    private static final int PAGE = 500;
    private static final int TRIES = 10;

    private final MongoOperations mongo;
    private final OutboxIndexes collections;

    public Restatements(MongoOperations mongo, OutboxIndexes collections) {
        this.mongo = mongo;
        this.collections = collections;
    }

    /// Restates one aggregate; false if there is none, or if its kind publishes no state.
    public boolean restate(Class<? extends AggregateRoot> type, UUID id) {
        if (topic(type) == null) {
            return false;
        }
        for (int tries = 1; ; tries++) {
            AggregateRoot aggregate = mongo.findById(id, type);
            if (aggregate == null) {
                return false;
            }
            try {
                aggregate.restate();
                mongo.save(aggregate);
                return true;
            } catch (OptimisticLockingFailureException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Restates the aggregate of a state topic, if the topic is this service's own.
    public boolean restate(String topic, UUID id) {
        return collections.collections().values().stream()
                .filter(type -> topic.equals(topic(type)))
                .anyMatch(type -> restate(type, id));
    }

    /// Restates every aggregate whose last event is not older than `since`; returns how many.
    public int restateChanged(Instant since) {
        int restated = 0;
        for (Class<? extends AggregateRoot> type : collections.collections().values()) {
            if (topic(type) != null) {
                restated += restateChanged(type, since);
            }
        }
        return restated;
    }

    private int restateChanged(Class<? extends AggregateRoot> type, Instant since) {
        int restated = 0;
        UUID after = new UUID(0, 0);
        while (true) {
            Query page = new Query(Criteria.where("_id").gt(after))
                    .with(Sort.by("_id"))
                    .limit(PAGE);
            page.fields().include("_id", "changedAt");
            List<Document> documents = mongo.find(page, Document.class, mongo.getCollectionName(type));
            for (Document document : documents) {
                Date changed = document.getDate("changedAt");
                if (since.equals(Instant.EPOCH)
                        || changed != null && !changed.toInstant().isBefore(since)) {
                    restated += tried(type, document.get("_id", UUID.class)) ? 1 : 0;
                }
            }
            if (documents.size() < PAGE) {
                return restated;
            }
            after = Objects.requireNonNull(documents.getLast().get("_id", UUID.class));
        }
    }

    /// One that cannot be restated now does not keep the others from it; the next night comes by it again.
    private boolean tried(Class<? extends AggregateRoot> type, UUID id) {
        try {
            return restate(type, id);
        } catch (RuntimeException e) {
            if (StoreFailures.unavailable(e)) {
                throw e;
            }
            LOG.warn(
                    "{} {} was not restated: {}",
                    type.getSimpleName(),
                    id,
                    e.getClass().getName());
            return false;
        }
    }

    private static @org.jspecify.annotations.Nullable String topic(Class<?> type) {
        var topic = AnnotatedElementUtils.findMergedAnnotation(type, coop.imece.platform.aggregate.StateTopic.class);
        return topic == null ? null : topic.value();
    }
}
