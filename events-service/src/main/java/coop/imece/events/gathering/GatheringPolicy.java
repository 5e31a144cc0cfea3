package coop.imece.events.gathering;

import coop.imece.events.supply.Organisers;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who may do what with a gathering. A stranger cannot tell a draft from nothing: no other answer, and no waiting.
@Component
class GatheringPolicy {

    private final Organisers organisers;

    GatheringPolicy(Organisers organisers) {
        this.organisers = organisers;
    }

    /// What is announced is for everybody, a draft for whoever has a role in its organiser.
    boolean mayRead(Gathering gathering, Caller caller) {
        return gathering.state() != GatheringState.DRAFT || organisers.reads(caller, gathering.organiser());
    }

    /// Its organiser's representatives and editors change, publish and cancel it, and see how far it got.
    boolean mayChange(Gathering gathering, Caller caller) {
        return organisers.edits(caller, gathering.organiser());
    }

    /// Why the caller may not change it, after waiting for an appointment on its way; empty if they may.
    Optional<Problem> refusal(Gathering gathering, Caller caller) {
        if (!mayRead(gathering, caller)) {
            return Optional.of(Problem.notFound());
        }
        return organisers.soonEdits(caller, gathering.organiser())
                ? Optional.empty()
                : Optional.of(Problem.notAllowed());
    }
}
