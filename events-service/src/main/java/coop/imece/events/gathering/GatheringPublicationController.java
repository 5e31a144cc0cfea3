package coop.imece.events.gathering;

import coop.imece.events.gathering.GatheringPublication.StepOutcome;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// The steps in the life of a gathering, for programs.
@RestController
@RequestMapping("/api/v1/gatherings/{id}")
class GatheringPublicationController {

    private final GatheringPublication publication;
    private final GatheringReader reader;
    private final Problems problems;

    GatheringPublicationController(GatheringPublication publication, GatheringReader reader, Problems problems) {
        this.publication = publication;
        this.reader = reader;
        this.problems = problems;
    }

    /// @param publicationId id of the broadcast, if one is asked for
    record Announced(UUID publicationId, GatheringState state) {}

    /// @param cancellationId id of the broadcast, if one is asked for
    record CalledOff(UUID cancellationId, GatheringState state) {}

    /// Announces the gathering, to subscribers too if `notify` says so.
    @PostMapping("/publication")
    @NeedsScope("gatherings:write")
    @Described(
            id = "publishGathering",
            summary = "Announce a gathering",
            description = "`Location` is the broadcast, or the gathering if nobody is told.",
            takes = GatheringWritten.Publication.class,
            answers = Announced.class,
            success = 201,
            versioned = true)
    ResponseEntity<?> publish(@PathVariable UUID id, @RequestBody JsonNode body, Caller caller, Locale locale) {
        var checks = new Checks();
        Boolean notify = null;
        if (checks.require(body.isObject(), "#", "wrong-type")) {
            GatheringReader.strangers(body, "#", Set.of("notify"), checks);
            notify = GatheringReader.notify(body, checks);
            checks.require(notify != null, "#/notify", "required");
        }
        if (checks.failed() || notify == null) {
            return problems.answer(refusal(caller, checks.errors()), locale);
        }
        return answer(
                publication.announce(caller, id, notify),
                taken -> new Announced(taken.broadcast(), taken.gathering().state()),
                locale);
    }

    /// Calls the gathering off. Those who heard of it are told, unless `notify` is false.
    @PostMapping("/cancellation")
    @NeedsScope("gatherings:write")
    @Described(
            id = "cancelGathering",
            summary = "Call a gathering off",
            description = "`Location` is the broadcast, or the gathering if nobody is told.",
            takes = GatheringWritten.Cancellation.class,
            answers = CalledOff.class,
            success = 201,
            versioned = true)
    ResponseEntity<?> cancel(
            @PathVariable UUID id,
            @RequestBody JsonNode body,
            @RequestHeader(name = HttpHeaders.CONTENT_LANGUAGE, required = false) @Nullable String language,
            Caller caller,
            Locale locale) {
        var checks = new Checks();
        Boolean notify = null;
        LocalisedText reason = null;
        if (checks.require(body.isObject(), "#", "wrong-type")) {
            reason = reader.reason(body, plain(language, locale), checks);
            notify = GatheringReader.notify(body, checks);
        }
        if (checks.failed() || reason == null) {
            return problems.answer(refusal(caller, checks.errors()), locale);
        }
        return answer(
                publication.cancel(caller, id, reason, notify == null || notify),
                taken -> new CalledOff(taken.broadcast(), taken.gathering().state()),
                locale);
    }

    private static Problem refusal(Caller caller, List<FieldError> errors) {
        return caller.signedIn() ? Problem.invalid(errors) : Problem.notSignedIn();
    }

    private static String plain(@Nullable String language, Locale locale) {
        return language != null && Language.of(language).isPresent()
                ? language
                : Language.of(locale).tag();
    }

    /// Without a broadcast there is nothing to watch but the gathering itself.
    private ResponseEntity<?> answer(StepOutcome outcome, Function<StepOutcome.Taken, Object> shown, Locale locale) {
        return switch (outcome) {
            case StepOutcome.Taken taken ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .location(URI.create(
                                taken.notified()
                                        ? "/api/v1/broadcasts/" + taken.broadcast()
                                        : "/api/v1/gatherings/"
                                                + taken.gathering().id()))
                        .eTag(IfMatch.etag(taken.gathering().version()))
                        .body(shown.apply(taken));
            case StepOutcome.Refused refused -> problems.answer(refused.problem(), locale);
        };
    }
}
