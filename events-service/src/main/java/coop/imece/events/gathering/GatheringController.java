package coop.imece.events.gathering;

import coop.imece.events.gathering.Gathering.PublicState;
import coop.imece.events.gathering.GatheringPlanning.PlanningOutcome;
import coop.imece.events.gathering.GatheringPlanning.Terms;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import coop.imece.platform.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calendar for programs.
@RestController
@RequestMapping("/api/v1/gatherings")
class GatheringController {

    private static final String HERE = "/api/v1/gatherings";

    private final GatheringPlanning planning;
    private final GatheringReading reading;
    private final Problems problems;
    private final JsonMapper json;

    GatheringController(GatheringPlanning planning, GatheringReading reading, Problems problems, JsonMapper json) {
        this.planning = planning;
        this.reading = reading;
        this.problems = problems;
        this.json = json;
    }

    /// The calendar, sorted by beginning, then id: what is announced or cancelled and not over, unless asked otherwise.
    @GetMapping
    @QueryParameters({"q", "kind", "topic", "region", "language", "organiser", "state", "from", "to", "cursor", "limit"
    })
    @Described(
            id = "findGatherings",
            summary = "Search the calendar",
            description = "Sorted by beginning, then id; what is over and what is a draft only if asked for.",
            answers = GatheringList.class,
            refuses = 403,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> list(HttpServletRequest request, Caller caller, Locale locale) {
        var query = CalendarQuery.of(request.getParameterMap());
        return switch (reading.list(caller, query)) {
            case GatheringReading.ListOutcome.Refused refused -> problems.answer(refused.problem(), locale);
            case GatheringReading.ListOutcome.Found found -> {
                var page = found.page();
                var next = page.next();
                var body = new GatheringList(
                        page.items().stream().map(Gathering::publicState).toList(),
                        page.total(),
                        next == null ? null : HERE + "?" + withCursor(request, next.text()));
                var answer = ResponseEntity.ok();
                if (query.asksForDrafts()) {
                    answer.cacheControl(CacheControl.noCache().cachePrivate())
                            .header(HttpHeaders.VARY, "Authorization, Cookie");
                } else {
                    answer.cacheControl(CacheControl.maxAge(Duration.ZERO).cachePublic())
                            .eTag("\"" + Ids.derived(fingerprint(page)) + "\"");
                }
                yield answer.body(body);
            }
        };
    }

    /// One gathering; a draft only for those with a role in its organiser.
    @GetMapping("/{id}")
    @Described(
            id = "readGathering",
            summary = "One gathering",
            answers = PublicState.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> one(@PathVariable UUID id, Caller caller, Locale locale) {
        return reading.one(caller, id)
                .<ResponseEntity<?>>map(GatheringController::shown)
                .orElseGet(() -> problems.answer(Problem.notFound(), locale));
    }

    @PutMapping("/{id}")
    @NeedsScope("gatherings:write")
    @Described(
            id = "writeGathering",
            summary = "Draft or replace a gathering",
            takes = GatheringWritten.class,
            required = {"organiser", "kind", "title", "starts", "ends"},
            answers = PublicState.class,
            success = {201, 200},
            refuses = 409,
            versioned = true)
    ResponseEntity<?> put(
            @PathVariable UUID id,
            @RequestBody JsonNode body,
            IfMatch version,
            @RequestHeader(name = HttpHeaders.CONTENT_LANGUAGE, required = false) @Nullable String language,
            @RequestParam(defaultValue = "true") boolean notify,
            Caller caller,
            Locale locale) {
        return answer(planning.put(caller, id, body, new Terms(version, language, notify)), locale);
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @NeedsScope("gatherings:write")
    @Described(
            id = "changeGathering",
            summary = "Change parts of a gathering",
            takes = GatheringWritten.class,
            answers = PublicState.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<?> patch(
            @PathVariable UUID id,
            @RequestBody MergePatch patch,
            IfMatch version,
            @RequestHeader(name = HttpHeaders.CONTENT_LANGUAGE, required = false) @Nullable String language,
            @RequestParam(defaultValue = "true") boolean notify,
            Caller caller,
            Locale locale) {
        return answer(
                planning.change(
                        caller,
                        id,
                        new Terms(version, language, notify),
                        present -> patch.applyTo(json, present, JsonNode.class, Set.of())),
                locale);
    }

    private ResponseEntity<?> answer(PlanningOutcome outcome, Locale locale) {
        return switch (outcome) {
            case PlanningOutcome.Drafted drafted ->
                ResponseEntity.created(
                                URI.create(HERE + "/" + drafted.gathering().id()))
                        .eTag(IfMatch.etag(drafted.gathering().version()))
                        .body(drafted.gathering().publicState());
            case PlanningOutcome.Kept kept ->
                ResponseEntity.ok()
                        .eTag(IfMatch.etag(kept.gathering().version()))
                        .body(kept.gathering().publicState());
            case PlanningOutcome.Refused refused -> problems.answer(refused.problem(), locale);
        };
    }

    private static ResponseEntity<PublicState> shown(Gathering gathering) {
        var answer = ResponseEntity.ok().eTag(IfMatch.etag(gathering.version()));
        if (gathering.state() == GatheringState.DRAFT) {
            answer.cacheControl(CacheControl.noCache().cachePrivate())
                    .header(HttpHeaders.VARY, "Authorization, Cookie");
        } else {
            answer.cacheControl(CacheControl.maxAge(Duration.ZERO).cachePublic());
        }
        return answer.body(gathering.publicState());
    }

    private static String[] fingerprint(GatheringCalendar.Page page) {
        var parts = new ArrayList<String>();
        parts.add(Long.toString(page.total()));
        for (Gathering gathering : page.items()) {
            parts.add(gathering.id().toString());
            parts.add(Long.toString(gathering.version()));
        }
        return parts.toArray(String[]::new);
    }

    private static String withCursor(HttpServletRequest request, String cursor) {
        var parameters = new LinkedHashMap<>(request.getParameterMap());
        parameters.put("cursor", new String[] {cursor});
        var pairs = new ArrayList<String>();
        parameters.forEach((name, values) -> {
            for (String value : values) {
                pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return String.join("&", pairs);
    }

    /// One page of the calendar.
    ///
    /// @param total how many there are on all pages
    /// @param next address of the next page; null on the last
    record GatheringList(
            List<PublicState> items, long total, @Nullable String next) {}
}
