package coop.imece.events.supply;

import coop.imece.platform.inbox.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/// How many were told of a gathering: for its organiser, in counts.
@Component
public class Reach {

    private static final int MOST = 50;

    private final View<KnownBroadcast> broadcasts;

    Reach(View<KnownBroadcast> broadcasts) {
        this.broadcasts = broadcasts;
    }

    /// The broadcasts of a gathering, the first one first.
    public List<KnownBroadcast> of(UUID gathering) {
        return broadcasts.find(Criteria.where("state.gathering").is(gathering), MOST).stream()
                .sorted(Comparator.comparing(
                        broadcast -> Optional.ofNullable(broadcast.startedAt()).orElse(Instant.MAX)))
                .toList();
    }
}
