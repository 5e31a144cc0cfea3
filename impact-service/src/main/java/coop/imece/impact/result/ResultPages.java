package coop.imece.impact.result;

import coop.imece.impact.indicator.Indicator;
import coop.imece.impact.indicator.Indicators;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.page.Option;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// The public numbers as a page, and as a fragment for the first page.
@Controller
class ResultPages {

    private static final int YEARS_SHOWN = 5;

    private final ResultComputation results;
    private final Indicators indicators;
    private final KnownCodeLists codes;

    ResultPages(ResultComputation results, Indicators indicators, KnownCodeLists codes) {
        this.results = results;
        this.indicators = indicators;
        this.codes = codes;
    }

    /// A row of a table, with the words for its key.
    record Row(String key, String label, Coverage coverage, List<Cell> values) {}

    @GetMapping("/results")
    ModelAndView page(
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false) @Nullable String region,
            Locale locale) {
        if (period != null && !period.matches("\\d{4}|")) {
            throw new ProblemException(Problem.badParameter("period"));
        }
        List<String> years = results.periods();
        ModelAndView page = new ModelAndView("result/results").addObject("indicators", byCode());
        if (years.isEmpty()) {
            return page;
        }
        String year = period == null || period.isEmpty() ? years.getFirst() : period;
        String chosen = region == null || region.isEmpty() ? null : region;
        Results ofYear = results.of(year);
        List<Row> regions = ofYear.regions().stream()
                .map(r -> new Row(r.region(), label(r.region(), locale), r.coverage(), r.values()))
                .sorted(Comparator.comparing((Row r) -> r.key().isEmpty())
                        .thenComparing(Row::label, Collator.getInstance(locale)::compare))
                .toList();
        List<Row> overTime = years.stream()
                .limit(YEARS_SHOWN)
                .map(y -> row(y.equals(year) ? ofYear : results.of(y), chosen))
                .toList();
        return page.addObject("year", year)
                .addObject("region", chosen)
                .addObject("regionLabel", chosen == null ? null : label(chosen, locale))
                .addObject("years", years.stream().map(y -> new Option(y, y)).toList())
                .addObject(
                        "regionOptions",
                        regions.stream()
                                .filter(r -> !r.key().isEmpty())
                                .map(r -> new Option(r.key(), r.label()))
                                .toList())
                .addObject("shown", row(ofYear, chosen))
                .addObject("regions", regions)
                .addObject("overTime", overTime);
    }

    private static Row row(Results results, @Nullable String region) {
        if (region == null) {
            return new Row(results.period(), results.period(), results.coverage(), results.totals());
        }
        return results.regions().stream()
                .filter(r -> r.region().equals(region))
                .findFirst()
                .map(r -> new Row(results.period(), results.period(), r.coverage(), r.values()))
                .orElseGet(() -> new Row(results.period(), results.period(), new Coverage(0, 0), List.of()));
    }

    /// Three numbers for the first page; nothing yet is said in words.
    @GetMapping("/fragments/results/totals")
    ModelAndView totals() {
        ModelAndView page = new ModelAndView("result/totals").addObject("indicators", byCode());
        results.newest().map(results::of).ifPresent(r -> page.addObject("results", r));
        return page;
    }

    private Map<String, Indicator> byCode() {
        return indicators.current().stream().collect(Collectors.toMap(Indicator::code, i -> i));
    }

    private String label(String region, Locale locale) {
        return codes.label("regions", region, Language.of(locale).tag());
    }
}
