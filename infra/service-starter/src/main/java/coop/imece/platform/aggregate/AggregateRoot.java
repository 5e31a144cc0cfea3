package coop.imece.platform.aggregate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;

/// One aggregate, one document, one truth: state, version, sequence and pending messages are one write.
///
/// Behaviour methods [#raise] events; saving the aggregate through its repository turns them into [OutboxEntry]s of
/// the same document (see [OutboxEntryWriter]). Constructors only rebuild: Spring Data loads through them, so an
/// event raised there would be raised again by every load.
///
/// Invariants: the sequence of events has no gap; an aggregate is never deleted (its last word would be lost); the
/// version is the `ETag`, and only commands change it, neither the relay nor a restatement.
public abstract class AggregateRoot {

    @Id
    private final UUID id;

    /// Guards the document: every save raises it.
    @Version
    @SuppressWarnings("UnusedVariable") // the store reads it
    private @Nullable Long write;

    private long version = -1;

    private long sequence;

    /// When the last event was saved; a restatement is none. The nightly restatement looks for it in the document.
    @SuppressWarnings("UnusedVariable")
    private @Nullable Instant changedAt;

    private List<OutboxEntry> outbox = new ArrayList<>();

    @Transient
    private final transient List<Object> raised = new ArrayList<>();

    protected AggregateRoot(UUID id) {
        this.id = id;
    }

    /// The id, chosen by whoever creates the aggregate.
    public final UUID id() {
        return id;
    }

    /// The number of changes since creation, from 0; −1 before the first save. This is the `ETag`: what somebody saw
    /// stays current while the aggregate is only restated.
    public final long version() {
        return version;
    }

    /// The sequence of the last event.
    public final long sequence() {
        return sequence;
    }

    /// The messages not yet acknowledged by the broker, oldest first.
    public final List<OutboxEntry> pendingMessages() {
        return List.copyOf(outbox);
    }

    /// What was raised since the aggregate was loaded and not yet saved: for tests, and for the entry writer.
    public final List<Object> raised() {
        return List.copyOf(raised);
    }

    /// Everything other services may know of this aggregate, as a record that becomes `state` in each of its messages.
    protected abstract Object publicState();

    /// The organisation whose it is, so that the organisation finds it in the audit; null if it is nobody's.
    protected @Nullable UUID belongsTo() {
        return null;
    }

    /// A code for why the save happens, where whoever does it has to say so: it stands in the audit, so it is never a
    /// text somebody typed. Null where nobody is asked.
    protected @Nullable String statedReason() {
        return null;
    }

    /// Adds an event; it is published after the next save.
    protected final void raise(DomainEvent event) {
        raised.add(event);
    }

    /// Adds a command; it is sent after the next save.
    protected final void raise(Command command) {
        raised.add(command);
    }

    /// Publishes the present state again under the topic's restatement type: views take it, reactions ignore it. What
    /// was never published, a draft, has nothing to restate and stays unheard.
    public final void restate() {
        if (sequence > 0 || !raised.isEmpty()) {
            raised.add(Restatement.INSTANCE);
        }
    }

    enum Restatement {
        INSTANCE
    }

    /// Whether the save only says the state again: nobody's doing.
    final boolean onlyRestates() {
        return !raised.isEmpty() && raised.stream().allMatch(Restatement.INSTANCE::equals);
    }

    /// Turns what was raised into entries; called once for each save. The types of the events among them.
    final List<String> drain(Function<Object, OutboxEntry> toEntry) {
        List<String> facts = new ArrayList<>();
        if (!onlyRestates()) {
            version++;
        }
        for (Object message : raised) {
            if (!(message instanceof Command)) {
                sequence++;
            }
            OutboxEntry entry = toEntry.apply(message);
            outbox.add(entry);
            if (message instanceof DomainEvent) {
                changedAt = entry.occurredAt();
                facts.add(entry.type());
            }
        }
        raised.clear();
        return facts;
    }

    /// Adds an entry that is about this save, not about the aggregate: the audit's.
    final void append(OutboxEntry entry) {
        outbox.add(entry);
    }
}
