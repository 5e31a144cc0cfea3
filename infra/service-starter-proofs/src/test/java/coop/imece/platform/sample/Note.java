package coop.imece.platform.sample;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import coop.imece.platform.aggregate.StateTopic;
import java.util.UUID;
import org.springframework.data.mongodb.core.mapping.Document;

/// Invariant: the text is the last one written.
@Document("notes")
@StateTopic(value = Note.TOPIC, restated = "sample.note.restated.v1")
public class Note extends AggregateRoot {

    public static final String TOPIC = "sample.note.v1";

    private String text;

    Note(UUID id, String text) {
        super(id);
        this.text = text;
    }

    sealed interface Event extends DomainEvent {
        @EventType("sample.note.written.v1")
        record Written(UUID writtenId) implements Event {}

        @EventType("sample.note.changed.v1")
        record Changed(int length) implements Event {}
    }

    record State(UUID id, String text) {}

    public static Note write(UUID id, String text) {
        Note note = new Note(id, text);
        note.raise(new Event.Written(id));
        return note;
    }

    public void change(String newText) {
        text = newText;
        raise(new Event.Changed(newText.length()));
    }

    public String text() {
        return text;
    }

    @Override
    protected Object publicState() {
        return new State(id(), text);
    }
}
