package coop.imece.events.gathering;

import coop.imece.platform.erasure.Traces;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Gatherings belong to organisations and name no account; who acts for an organisation is directory-service's to erase
/// and arrives here as a dismissal.
@Component
class GatheringTraces implements Traces {

    @Override
    public Map<String, Integer> erase(UUID account) {
        return Map.of();
    }
}
