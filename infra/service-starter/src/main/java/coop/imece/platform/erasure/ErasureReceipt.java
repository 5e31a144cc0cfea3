package coop.imece.platform.erasure;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.store.FurtherAggregate;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/// That this service has erased what it held of an account. It names the erasure, never the account.
///
/// Invariants: one per erasure and service, because the id follows from both; counts only grow.
@Document(FurtherAggregate.COLLECTION)
class ErasureReceipt extends AggregateRoot {

    private final UUID erasure;
    private final String service;
    private final Instant confirmedAt;
    private final Map<String, Integer> erased;

    @PersistenceCreator
    ErasureReceipt(UUID id, UUID erasure, String service, Instant confirmedAt, Map<String, Integer> erased) {
        super(id);
        this.erasure = erasure;
        this.service = service;
        this.confirmedAt = confirmedAt;
        this.erased = new TreeMap<>(erased);
    }

    static UUID idOf(UUID erasure, String service) {
        return Ids.derived("erasure", erasure.toString(), service);
    }

    static ErasureReceipt blank(UUID erasure, String service, Instant now) {
        return new ErasureReceipt(idOf(erasure, service), erasure, service, now, Map.of());
    }

    /// Says that it is done; said again if asked again, because whoever asks again has not heard it.
    void confirm(Map<String, Integer> more) {
        more.forEach((kind, count) -> erased.merge(kind, count, Integer::sum));
        raise(new ErasureConfirmed(erasure, service, confirmedAt, Map.copyOf(erased)));
    }

    /// Nothing is published of it but the receipt itself.
    @Override
    protected Object publicState() {
        return Map.of();
    }
}
