package coop.imece.notification.broadcast;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/// All broadcasts.
interface Broadcasts extends Repository<Broadcast, UUID> {

    Optional<Broadcast> findById(UUID id);

    Broadcast save(Broadcast broadcast);

    /// The ids of those not finished, oldest first among those of one gathering.
    @Query(
            value = "{'open': true}",
            fields = "{'_id': 1, 'gathering': 1, 'place': 1}",
            sort = "{'gathering': 1, 'place': 1}")
    List<OpenBroadcast> findOpen();

    /// Earlier ones of the gathering, the latest first.
    List<Broadcast> findByGatheringAndPlaceLessThanOrderByPlaceDesc(UUID gathering, long place);

    boolean existsByGatheringAndPlaceGreaterThan(UUID gathering, long place);

    record OpenBroadcast(UUID id, UUID gathering, long place) {}
}
