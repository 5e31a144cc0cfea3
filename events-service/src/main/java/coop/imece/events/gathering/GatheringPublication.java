package coop.imece.events.gathering;

import coop.imece.events.gathering.Gathering.CancellationOutcome;
import coop.imece.events.gathering.Gathering.PublicationOutcome;
import coop.imece.events.supply.Organisers;
import coop.imece.events.supply.Organisers.Standing;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Announcing a gathering to the network, and calling it off: each happens once, however often it is asked for.
@Component
class GatheringPublication {

    private final Gatherings gatherings;
    private final GatheringPolicy policy;
    private final Organisers organisers;
    private final Clock clock;

    GatheringPublication(Gatherings gatherings, GatheringPolicy policy, Organisers organisers, Clock clock) {
        this.gatherings = gatherings;
        this.policy = policy;
        this.organisers = organisers;
        this.clock = clock;
    }

    /// Announces; only a verified organisation may. The second time the first publication is the answer.
    StepOutcome announce(Caller caller, UUID id, boolean tell) {
        return step(caller, id, gathering -> {
            LocalisedText name = gathering.organiserName();
            if (gathering.publication() == null) {
                switch (organisers.standing(caller, gathering.organiser())) {
                    case Standing.Verified verified ->
                        name = verified.organisation().name();
                    case Standing.Unverified _ -> {
                        return refused(Problem.of(409, "not-verified"));
                    }
                    case Standing.Stranger _ -> {
                        return refused(Problem.notAllowed());
                    }
                    case Standing.NotYetKnown _ -> {
                        return refused(Problem.notYetKnown());
                    }
                }
            }
            return switch (gathering.announce(Ids.v7(), tell, name, clock.instant())) {
                case PublicationOutcome.Announced announced ->
                    new StepOutcome.Taken(
                            gathering,
                            announced.publication().id(),
                            announced.publication().tell());
                case PublicationOutcome.AlreadyCancelled _ -> refused(Problem.of(409, "gathering-cancelled"));
                case PublicationOutcome.NowhereToGo _ ->
                    refused(Problem.invalid(List.of(FieldError.of("#/place", "place-or-link"))));
                case PublicationOutcome.AlreadyOver _ -> refused(Problem.of(409, "gathering-over"));
            };
        });
    }

    /// Calls off what was announced. The second time the first cancellation is the answer.
    StepOutcome cancel(Caller caller, UUID id, LocalisedText reason, boolean tell) {
        return step(caller, id, gathering -> switch (gathering.cancel(reason, tell, clock.instant())) {
            case CancellationOutcome.Cancelled cancelled ->
                new StepOutcome.Taken(
                        gathering,
                        cancelled.cancellation().id(),
                        cancelled.cancellation().tell());
            case CancellationOutcome.NotAnnounced _ -> refused(Problem.of(409, "gathering-not-announced"));
            case CancellationOutcome.AlreadyOver _ -> refused(Problem.of(409, "gathering-over"));
        });
    }

    private StepOutcome step(Caller caller, UUID id, Function<Gathering, StepOutcome> step) {
        try {
            return taken(caller, id, step);
        } catch (OptimisticLockingFailureException somebodyWasFaster) {
            return taken(caller, id, step);
        }
    }

    private StepOutcome taken(Caller caller, UUID id, Function<Gathering, StepOutcome> step) {
        if (!caller.signedIn()) {
            return refused(Problem.notSignedIn());
        }
        Optional<Gathering> found = gatherings.findById(id);
        if (found.isEmpty()) {
            return refused(Problem.notFound());
        }
        Gathering gathering = found.get();
        Optional<Problem> refusal = policy.refusal(gathering, caller);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        StepOutcome outcome = step.apply(gathering);
        if (!gathering.raised().isEmpty()) {
            gatherings.save(gathering);
        }
        return outcome;
    }

    private static StepOutcome refused(Problem problem) {
        return new StepOutcome.Refused(problem);
    }

    /// What became of it.
    sealed interface StepOutcome {

        /// The gathering is where it was to go.
        ///
        /// @param broadcast id of the publication or cancellation
        /// @param notified whether a broadcast of that id was asked for
        record Taken(Gathering gathering, UUID broadcast, boolean notified) implements StepOutcome {}

        /// Nothing was changed.
        record Refused(Problem problem) implements StepOutcome {}
    }
}
