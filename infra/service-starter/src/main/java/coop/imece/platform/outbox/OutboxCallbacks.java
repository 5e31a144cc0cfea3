package coop.imece.platform.outbox;

import coop.imece.platform.aggregate.Act;
import coop.imece.platform.aggregate.AggregateRoot;
import java.util.function.Supplier;
import org.bson.Document;
import org.springframework.core.Ordered;
import org.springframework.data.mongodb.core.mapping.event.AfterSaveCallback;
import org.springframework.data.mongodb.core.mapping.event.BeforeConvertCallback;

/// Asks the watch before a save and wakes the relay after it. Looked up late, because the store makes its callbacks
/// before it is ready itself.
final class OutboxCallbacks implements BeforeConvertCallback<AggregateRoot>, AfterSaveCallback<AggregateRoot>, Ordered {

    private final Supplier<OutboxWatch> watch;
    private final Supplier<Relays> relays;

    OutboxCallbacks(Supplier<OutboxWatch> watch, Supplier<Relays> relays) {
        this.watch = watch;
        this.relays = relays;
    }

    @Override
    public AggregateRoot onBeforeConvert(AggregateRoot aggregate, String collection) {
        if (!aggregate.raised().isEmpty() || Act.current() != null) {
            watch.get().check(aggregate, collection);
        }
        return aggregate;
    }

    @Override
    public AggregateRoot onAfterSave(AggregateRoot aggregate, Document document, String collection) {
        relays.get().wake(collection);
        return aggregate;
    }

    /// Before the entry writer.
    @Override
    public int getOrder() {
        return 0;
    }
}
