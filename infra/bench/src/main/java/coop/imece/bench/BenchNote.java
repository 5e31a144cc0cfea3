package coop.imece.bench;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import coop.imece.platform.aggregate.StateTopic;
import java.util.UUID;
import org.springframework.data.mongodb.core.mapping.Document;

/// What the outbox is measured with: about half a kilobyte of state, one event per save, or none.
@Document("bench_notes")
@StateTopic(value = BenchNote.TOPIC, restated = "bench.note.restated.v1")
class BenchNote extends AggregateRoot {

    static final String TOPIC = "bench.note.v1";

    private final String text;

    BenchNote(UUID id, String text) {
        super(id);
        this.text = text;
    }

    @EventType("bench.note.written.v1")
    record Written(UUID note) implements DomainEvent {}

    private record State(UUID id, String text) {}

    static BenchNote written(UUID id, String text, boolean tell) {
        var note = new BenchNote(id, text);
        if (tell) {
            note.raise(new Written(id));
        }
        return note;
    }

    @Override
    protected Object publicState() {
        return new State(id(), text);
    }
}
