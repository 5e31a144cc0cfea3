package coop.imece.events.gathering;

import coop.imece.events.gathering.Gathering.RevisionOutcome;
import coop.imece.events.supply.KnownOrganisation;
import coop.imece.events.supply.Organisers;
import coop.imece.events.supply.Organisers.Standing;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Writing down what is planned: a new draft, or other content for what is there already.
@Component
class GatheringPlanning {

    private final Gatherings gatherings;
    private final GatheringReader reader;
    private final GatheringPolicy policy;
    private final Organisers organisers;
    private final Clock clock;

    GatheringPlanning(
            Gatherings gatherings, GatheringReader reader, GatheringPolicy policy, Organisers organisers, Clock clock) {
        this.gatherings = gatherings;
        this.reader = reader;
        this.policy = policy;
        this.organisers = organisers;
        this.clock = clock;
    }

    /// How a request is to be understood.
    ///
    /// @param version the version it means
    /// @param language of plain strings, if the request names one
    /// @param tell whether those who heard of an announced gathering are to be told of a material change
    record Terms(IfMatch version, @Nullable String language, boolean tell) {}

    /// Puts the whole content under the id: a draft if nothing is there. Content that is there already changes nothing
    /// and needs no version.
    PlanningOutcome put(Caller caller, UUID id, JsonNode body, Terms terms) {
        if (!caller.signedIn()) {
            return refused(Problem.notSignedIn());
        }
        Optional<Gathering> present = gatherings.findById(id);
        if (present.isPresent()) {
            return revise(caller, present.get(), terms, shown -> body);
        }
        try {
            return draft(caller, id, body, terms);
        } catch (DuplicateKeyException sameIdMeanwhile) {
            return revise(caller, gatherings.findById(id).orElseThrow(() -> sameIdMeanwhile), terms, shown -> body);
        }
    }

    /// Changes the content of an existing gathering.
    ///
    /// @param wanted from the present content to the wanted one, both as [GatheringReader#written] spells them
    PlanningOutcome change(Caller caller, UUID id, Terms terms, UnaryOperator<JsonNode> wanted) {
        if (!caller.signedIn()) {
            return refused(Problem.notSignedIn());
        }
        return gatherings
                .findById(id)
                .map(present -> revise(caller, present, terms, wanted))
                .orElseGet(() -> refused(Problem.notFound()));
    }

    private PlanningOutcome draft(Caller caller, UUID id, JsonNode body, Terms terms) {
        if (!body.isObject()) {
            return refused(Problem.invalid(List.of(FieldError.of("#", "wrong-type"))));
        }
        var checks = new Checks();
        UUID organiser = reader.organiser(body, checks);
        KnownOrganisation organisation = null;
        if (organiser != null) {
            switch (organisers.standing(caller, organiser)) {
                case Standing.Verified verified -> organisation = verified.organisation();
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
        GatheringContent content = reader.content(body, id, plainLanguage(terms, organisation), checks);
        if (organiser == null || organisation == null || content == null) {
            return refused(Problem.invalid(checks.errors()));
        }
        return new PlanningOutcome.Drafted(
                gatherings.insert(Gathering.draft(id, organiser, organisation.name(), content)));
    }

    private PlanningOutcome revise(Caller caller, Gathering present, Terms terms, UnaryOperator<JsonNode> wanted) {
        Optional<Problem> refusal = policy.refusal(present, caller);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        JsonNode body = wanted.apply(reader.written(present));
        if (!body.isObject()) {
            return refused(Problem.invalid(List.of(FieldError.of("#", "wrong-type"))));
        }
        var checks = new Checks();
        UUID organiser = reader.organiser(body, checks);
        checks.require(organiser == null || organiser.equals(present.organiser()), "#/organiser", "read-only");
        KnownOrganisation organisation = organisers.find(present.organiser()).orElse(null);
        GatheringContent content = reader.keeping(present.content())
                .content(body, present.id(), plainLanguage(terms, organisation), checks);
        if (content == null) {
            return refused(Problem.invalid(checks.errors()));
        }
        if (present.content().differences(content).isEmpty()) {
            return new PlanningOutcome.Kept(present);
        }
        Optional<Problem> stale = terms.version().refusal(present.version());
        if (stale.isPresent()) {
            return refused(stale.get());
        }
        // A change of what is announced goes out under the organiser's present name: somebody must have verified it.
        if (present.state() == GatheringState.ANNOUNCED) {
            return switch (organisers.standing(caller, present.organiser())) {
                case Standing.Verified verified ->
                    write(present, content, verified.organisation().name(), terms);
                case Standing.Unverified _ -> refused(Problem.of(409, "not-verified"));
                case Standing.Stranger _ -> refused(Problem.notAllowed());
                case Standing.NotYetKnown _ -> refused(Problem.notYetKnown());
            };
        }
        return write(present, content, organisation == null ? present.organiserName() : organisation.name(), terms);
    }

    private PlanningOutcome write(Gathering present, GatheringContent content, LocalisedText name, Terms terms) {
        return switch (present.revise(content, name, terms.tell(), clock.instant())) {
            case RevisionOutcome.Revised _ -> saved(present);
            case RevisionOutcome.AlreadyCancelled _ -> refused(Problem.of(409, "gathering-cancelled"));
            case RevisionOutcome.NowhereToGo _ ->
                refused(Problem.invalid(List.of(FieldError.of("#/place", "place-or-link"))));
            case RevisionOutcome.IntoThePast _ ->
                refused(Problem.invalid(List.of(FieldError.of("#/ends/at", "in-the-past"))));
        };
    }

    private PlanningOutcome saved(Gathering revised) {
        try {
            return new PlanningOutcome.Kept(gatherings.save(revised));
        } catch (OptimisticLockingFailureException somebodyWasFaster) {
            return refused(Problem.changedMeanwhile(gatherings
                    .findById(revised.id())
                    .orElseThrow(() -> somebodyWasFaster)
                    .version()));
        }
    }

    private static String plainLanguage(Terms terms, @Nullable KnownOrganisation organisation) {
        String asked = terms.language();
        if (asked != null && Language.of(asked).isPresent()) {
            return asked;
        }
        String own = organisation == null ? "tr" : organisation.language();
        return Language.of(own).map(Language::tag).orElse("tr");
    }

    private static PlanningOutcome refused(Problem problem) {
        return new PlanningOutcome.Refused(problem);
    }

    /// What became of it.
    sealed interface PlanningOutcome {

        /// There is a new draft.
        record Drafted(Gathering gathering) implements PlanningOutcome {}

        /// It is as was wanted, whether it was so before or not.
        record Kept(Gathering gathering) implements PlanningOutcome {}

        /// Nothing was changed.
        record Refused(Problem problem) implements PlanningOutcome {}
    }
}
