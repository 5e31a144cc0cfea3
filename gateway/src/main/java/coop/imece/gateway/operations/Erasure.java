package coop.imece.gateway.operations;

import coop.imece.platform.aggregate.AggregateRoot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// The erasure of one account, as its owner can follow it: which store has confirmed and which is still due.
///
/// Invariants:
/// - it names the account only while somebody has yet to be asked again; once all have confirmed it names nobody;
/// - one receipt per service, the first;
/// - `dueAt` stands exactly while a receipt is missing and the account is known.
@Document("erasures")
class Erasure extends AggregateRoot {

    /// How long a receipt may take before the services are asked again, and the erasure counts as overdue.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /// @param service whose store
    /// @param confirmedAt when it was done
    record Receipt(String service, Instant confirmedAt) {}

    private final List<String> expected;
    private final List<Receipt> receipts;
    private @Nullable Instant requestedAt;
    private @Nullable UUID account;

    @Indexed(name = "due", sparse = true)
    @SuppressWarnings("UnusedVariable") // the store reads it
    private @Nullable Instant dueAt;

    @PersistenceCreator
    Erasure(UUID id, List<String> expected, List<Receipt> receipts) {
        super(id);
        this.expected = List.copyOf(expected);
        this.receipts = new ArrayList<>(receipts);
    }

    /// One nobody has heard of yet; the request and the receipts come on different topics, in any order.
    static Erasure unheard(UUID id, List<String> expected) {
        return new Erasure(id, expected, List.of());
    }

    /// It was asked for; false if that is known.
    boolean request(UUID account, Instant requestedAt, Instant now) {
        if (this.requestedAt != null) {
            return false;
        }
        this.requestedAt = requestedAt;
        if (!complete()) {
            this.account = account;
            dueAt = now.plus(PATIENCE);
        }
        return true;
    }

    /// A store has confirmed; false if that is known.
    boolean confirm(String service, Instant confirmedAt) {
        if (receiptOf(service) != null) {
            return false;
        }
        receipts.add(new Receipt(service, confirmedAt));
        if (complete()) {
            account = null;
            dueAt = null;
        }
        return true;
    }

    /// Asks the services again: those that have confirmed find nothing more and confirm again.
    void askAgain(Instant now) {
        if (account != null && requestedAt != null) {
            raise(new EraseSubject(id(), account, requestedAt));
            dueAt = now.plus(PATIENCE);
        }
    }

    boolean complete() {
        return expected.stream().allMatch(service -> receiptOf(service) != null);
    }

    boolean overdue(Instant now) {
        return requestedAt != null && !complete() && requestedAt.plus(PATIENCE).isBefore(now);
    }

    @Nullable
    Receipt receiptOf(String service) {
        return receipts.stream()
                .filter(receipt -> receipt.service().equals(service))
                .findFirst()
                .orElse(null);
    }

    List<String> expected() {
        return expected;
    }

    @Nullable
    Instant requestedAt() {
        return requestedAt;
    }

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }
}
