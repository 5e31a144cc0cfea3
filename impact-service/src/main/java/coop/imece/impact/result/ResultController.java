package coop.imece.impact.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.impact.result.Results.Region;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ResultController {

    private static final int MOST_YEARS = 10;

    private final ResultComputation results;
    private final KnownCodeLists codes;
    private final Problems problems;
    private final Clock clock;

    ResultController(ResultComputation results, KnownCodeLists codes, Problems problems, Clock clock) {
        this.results = results;
        this.codes = codes;
        this.problems = problems;
        this.clock = clock;
    }

    /// Public totals: of a year (the newest, unless one is named), as one row, or one row by region or by period;
    /// ordered by region code, or newest year first.
    @GetMapping("/api/v1/results")
    @Described(
            id = "readResults",
            summary = "Public totals",
            description = "`by` is `region` or `period`; without it one row.",
            answers = Listed.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> results(
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) @Nullable String region,
            Locale locale) {
        if (period != null && !period.matches("\\d{4}")) {
            return problems.answer(Problem.badParameter("period"), locale);
        }
        String year = period != null
                ? period
                : results.newest()
                        .orElseGet(() -> Year.now(clock.withZone(ZoneOffset.UTC))
                                .minusYears(1)
                                .toString());
        List<Row> rows;
        switch (by) {
            case null -> rows = List.of(row(results.of(year), region, locale));
            case "region" -> {
                Results all = results.of(year);
                rows = all.regions().stream()
                        .filter(r -> region == null || r.region().equals(region))
                        .map(r -> row(all.period(), r, locale))
                        .toList();
            }
            case "period" -> {
                List<String> years = period != null ? List.of(period) : results.periods();
                rows = years.stream()
                        .limit(MOST_YEARS)
                        .map(y -> row(results.of(y), region, locale))
                        .toList();
            }
            default -> {
                return problems.answer(Problem.badParameter("by"), locale);
            }
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(java.time.Duration.ZERO).cachePublic())
                .varyBy("Accept-Language")
                .body(new Listed(rows, rows.size()));
    }

    private Row row(Results results, @Nullable String region, Locale locale) {
        if (region == null) {
            return new Row(results.period(), null, null, results.coverage(), results.totals());
        }
        Optional<Region> one = results.regions().stream()
                .filter(r -> r.region().equals(region))
                .findFirst();
        return one.map(r -> row(results.period(), r, locale))
                .orElseGet(
                        () -> new Row(results.period(), region, label(region, locale), new Coverage(0, 0), List.of()));
    }

    private Row row(String period, Region region, Locale locale) {
        return new Row(period, region.region(), label(region.region(), locale), region.coverage(), region.values());
    }

    private String label(String region, Locale locale) {
        return codes.label("regions", region, Language.of(locale).tag());
    }

    /// @param region only where the row is about one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String period,
            @Nullable String region,
            @Nullable String label,
            Coverage coverage,
            List<Cell> values) {}

    record Listed(List<Row> items, int total) {}
}
