package coop.imece.notification.reach;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.notification.recipient.InterestCodes;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.notification.recipient.Recipients.Subject;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/// How many people an announcement would reach, for those who may announce.
@Controller
class ReachController {

    private static final int MOST_TOPICS = 50;

    private final Reach reach;
    private final InterestCodes codes;
    private final Problems problems;

    ReachController(Reach reach, InterestCodes codes, Problems problems) {
        this.reach = reach;
        this.codes = codes;
        this.problems = problems;
    }

    /// What a gathering would be about.
    ///
    /// @param kind code of `gathering-kinds`
    /// @param country ISO 3166-1 alpha-2; needed only where no region is named
    /// @param region code of `regions`; null if it takes place nowhere in particular, or anywhere in its country
    /// @param topics codes of `topics`
    record Audience(
            @Nullable String kind,
            @Nullable String country,
            @Nullable String region,
            @Nullable List<@Nullable String> topics) {}

    /// Counts by channel, language and reason.
    record Estimate(Count total, List<Part> channels, List<Part> languages, List<ByReason> reasons) {}

    /// A count, or, if it is small, no more than that it is.
    ///
    /// @param fewerThan given instead of a count that is hidden
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Count(@Nullable Long count, @Nullable Integer fewerThan) {

        static Count of(long number) {
            return number > 0 && number < Reach.LEAST_SHOWN
                    ? new Count(null, Reach.LEAST_SHOWN)
                    : new Count(number, null);
        }
    }

    record Part(String value, Count recipients) {}

    record ByReason(Reason reason, String label, Count recipients) {}

    @PostMapping("/api/v1/reach-estimates")
    @NeedsScope("notifications:send")
    @Described(
            id = "estimateReach",
            summary = "How many people an announcement would reach",
            required = "kind",
            answers = Estimate.class)
    ResponseEntity<?> estimate(@RequestBody Audience audience, Caller caller, Locale locale) {
        if (!caller.signedIn()) {
            return problems.answer(Problem.notSignedIn(), locale);
        }
        if (!mayAsk(caller)) {
            return problems.answer(Problem.notAllowed(), locale);
        }
        var checks = new Checks();
        Subject gathering = gathering(audience, checks);
        return gathering == null
                ? problems.answer(Problem.invalid(checks.errors()), locale)
                : ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(shown(reach.estimate(gathering), Language.of(locale)));
    }

    /// Whoever announces for some organisation, and reviewers.
    private static boolean mayAsk(Caller caller) {
        return caller.reviewer() || caller.organisations().values().stream().anyMatch(OrganisationRole::edits);
    }

    private @Nullable Subject gathering(Audience audience, Checks checks) {
        String kind = audience.kind();
        checks.require(kind != null && !kind.isBlank(), "#/kind", "required");
        List<@Nullable String> topics = audience.topics() == null ? List.of() : audience.topics();
        checks.require(topics.size() <= MOST_TOPICS, "#/topics", "too-many-criteria", MOST_TOPICS);
        checks.require(topics.stream().noneMatch(Objects::isNull), "#/topics", "required");
        if (kind == null || checks.failed()) {
            return null;
        }
        Set<String> about = topics.stream().map(Objects::requireNonNull).collect(Collectors.toSet());
        codes.check(checks, kind, audience.country(), audience.region(), about);
        return checks.failed() ? null : subject(kind, audience.country(), audience.region(), about);
    }

    private static Subject subject(String kind, @Nullable String country, @Nullable String region, Set<String> topics) {
        return new Subject(kind, region == null ? country : InterestCodes.countryOf(region), region, topics);
    }

    private Estimate shown(Reach.Estimate estimate, Language reader) {
        return new Estimate(
                Count.of(estimate.total()),
                estimate.channels().entrySet().stream()
                        .map(part -> new Part(part.getKey().name(), Count.of(part.getValue())))
                        .toList(),
                estimate.languages().entrySet().stream()
                        .map(part -> new Part(part.getKey().tag(), Count.of(part.getValue())))
                        .toList(),
                estimate.reasons().stream()
                        .map(part -> new ByReason(
                                part.reason(), codes.describe(part.reason(), reader), Count.of(part.count())))
                        .toList());
    }

    /// The same for the announcing page: whoever may not ask, or has not chosen yet, reads why there is nothing.
    @GetMapping("/fragments/reach-estimates/reach")
    String fragment(
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String country,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable List<String> topic,
            Caller caller,
            Locale locale,
            Model model) {
        model.addAttribute("allowed", mayAsk(caller));
        if (mayAsk(caller) && kind != null && !kind.isBlank()) {
            Set<String> topics = topic == null
                    ? Set.of()
                    : topic.stream()
                            .filter(one -> !one.isBlank())
                            .limit(MOST_TOPICS)
                            .collect(Collectors.toSet());
            Subject gathering = subject(kind, given(country), given(region), topics);
            model.addAttribute("estimate", shown(reach.estimate(gathering), Language.of(locale)));
        }
        return "reach/reach :: reach";
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
