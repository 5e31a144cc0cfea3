package coop.imece.platform.inbox;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.store.FurtherAggregate;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/// What an operator decided about a dead letter, when, and who it was; kept for good. As an aggregate it leaves its
/// entry in the audit like any other command.
///
/// Invariants: one per dead letter, because the id follows from the letter's.
@Document(FurtherAggregate.COLLECTION)
class DeadLetterDecision extends AggregateRoot {

    static final String REPLAYING = "REPLAYING";
    static final String REPLAYED = "REPLAYED";
    static final String DISCARDED = "DISCARDED";

    private final String letter;
    private final String decision;
    private final String by;
    private final Instant at;
    private final DeadLetters.@Nullable Reason reason;

    @PersistenceCreator
    DeadLetterDecision(
            UUID id, String letter, String decision, String by, Instant at, DeadLetters.@Nullable Reason reason) {
        super(id);
        this.letter = letter;
        this.decision = decision;
        this.by = by;
        this.at = at;
        this.reason = reason;
    }

    static UUID idOf(String letter) {
        return Ids.derived("dead-letter", letter);
    }

    static DeadLetterDecision of(
            String letter, String decision, String by, Instant at, DeadLetters.@Nullable Reason reason) {
        return new DeadLetterDecision(idOf(letter), letter, decision, by, at, reason);
    }

    String letter() {
        return letter;
    }

    String decision() {
        return decision;
    }

    String by() {
        return by;
    }

    Instant at() {
        return at;
    }

    /// Why it was given up; absent where it was sent again.
    DeadLetters.@Nullable Reason reason() {
        return reason;
    }

    @Override
    protected @Nullable String statedReason() {
        return reason == null ? null : reason.name();
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }
}
