package coop.imece.directory.representation;

import coop.imece.platform.erasure.Traces;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// An erased account acts for nobody any more, also where it was the last to do so.
///
/// What stays is an id that leads to nobody: who registered an organisation and who once acted for it remains
/// attributable, and the same account can never be appointed again by an old message.
@Component
class RepresentationTraces implements Traces {

    private final Representatives representatives;

    RepresentationTraces(Representatives representatives) {
        this.representatives = representatives;
    }

    @Override
    public Map<String, Integer> erase(UUID account) {
        return Map.of("representations", representatives.accountErased(account));
    }
}
