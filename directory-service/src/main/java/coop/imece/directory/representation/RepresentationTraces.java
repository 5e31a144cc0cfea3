package coop.imece.directory.representation;

import coop.imece.platform.erasure.Traces;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// An erased account acts for nobody any more, also where it was the last to do so.
///
/// What stays is an id that leads to nobody: who registered an organisation and who once acted for it remains
/// attributable, and the same account can never be appointed again by an old message.
@Component
class RepresentationTraces implements Traces {

    private final Representations representations;
    private final Clock clock;

    RepresentationTraces(Representations representations, Clock clock) {
        this.representations = representations;
        this.clock = clock;
    }

    @Override
    public Map<String, Integer> erase(UUID account) {
        List<Representation> appointed = representations.findByAccountAndState(account, Representation.State.APPOINTED);
        for (Representation representation : appointed) {
            representation.dismiss(clock.instant().truncatedTo(ChronoUnit.MILLIS));
            representations.save(representation);
        }
        return Map.of("representations", appointed.size());
    }
}
