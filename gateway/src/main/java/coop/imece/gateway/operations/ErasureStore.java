package coop.imece.gateway.operations;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/// All erasures.
interface ErasureStore extends ListCrudRepository<Erasure, UUID> {

    List<Erasure> findTop100ByDueAtLessThanEqualOrderByDueAt(Instant now);

    /// Those that wait for a receipt, longest first.
    List<Erasure> findTop100ByDueAtGreaterThanOrderByDueAt(Instant after);
}
