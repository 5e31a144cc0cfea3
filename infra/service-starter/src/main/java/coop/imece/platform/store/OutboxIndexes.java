package coop.imece.platform.store;

import coop.imece.platform.aggregate.AggregateRoot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;

/// Finds the collections of aggregates in the mapping context and gives each the index the relay lives by.
///
/// Sparse, because nearly all outboxes are empty: a plain index examined all 20,000 documents for 40 pending ones.
public final class OutboxIndexes implements InitializingBean {

    private final MongoOperations mongo;

    public OutboxIndexes(MongoOperations mongo) {
        this(mongo, List.of());
    }

    /// @param further aggregates nobody would find by scanning
    public OutboxIndexes(MongoOperations mongo, List<FurtherAggregate> further) {
        this.mongo = mongo;
        further.forEach(one -> mongo.getConverter().getMappingContext().getPersistentEntity(one.type()));
    }

    /// The collections of aggregates by name, with their class.
    public Map<String, Class<? extends AggregateRoot>> collections() {
        Map<String, Class<? extends AggregateRoot>> collections = new LinkedHashMap<>();
        mongo.getConverter().getMappingContext().getPersistentEntities().forEach(entity -> {
            Class<?> type = entity.getType();
            if (AggregateRoot.class.isAssignableFrom(type)
                    && !java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
                collections.put(mongo.getCollectionName(type), type.asSubclass(AggregateRoot.class));
            }
        });
        return collections;
    }

    @Override
    public void afterPropertiesSet() {
        collections()
                .keySet()
                .forEach(collection -> mongo.indexOps(collection)
                        .createIndex(new Index()
                                .on("outbox.occurredAt", Sort.Direction.ASC)
                                .sparse()
                                .named("outbox")));
    }
}
