package coop.imece.impact.result;

import coop.imece.impact.indicator.Indicator;
import coop.imece.impact.indicator.Indicators;
import coop.imece.impact.organisation.KnownOrganisations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Totals, computed anew from the approved values each time they are asked for: nothing is accumulated, so nothing can
/// drift.
@Component
class ResultComputation {

    static final String REPORTS = "reports";

    private final MongoOperations mongo;
    private final Indicators indicators;
    private final KnownOrganisations organisations;

    ResultComputation(MongoOperations mongo, Indicators indicators, KnownOrganisations organisations) {
        this.mongo = mongo;
        this.indicators = indicators;
        this.organisations = organisations;
    }

    /// The years with approved reports, newest first.
    List<String> periods() {
        return mongo
                .findDistinct(new Query(Criteria.where("state").is("APPROVED")), "period", REPORTS, String.class)
                .stream()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /// The newest year with approved reports.
    Optional<String> newest() {
        Query query = new Query(Criteria.where("state").is("APPROVED"))
                .with(Sort.by(Sort.Order.desc("period")))
                .limit(1);
        query.fields().include("period");
        return Optional.ofNullable(mongo.findOne(query, Document.class, REPORTS))
                .map(report -> report.getString("period"));
    }

    /// The public numbers of a year.
    Results of(String period) {
        Map<String, Map<String, Sum>> sums = sums(period);
        Map<String, Long> reported = reported(period);
        Map<String, Long> known = organisations.cooperativesByRegion(Integer.parseInt(period));

        Map<String, List<Cell>> rows = new TreeMap<>();
        var codes = new TreeSet<>(known.keySet());
        codes.addAll(reported.keySet());
        codes.forEach(region -> rows.put(region, cells(sums.getOrDefault(region, Map.of()))));
        List<Cell> totals = cells(total(sums.values()));

        var smallCells = new SmallCells(indicators.current());
        var table = smallCells.hide(rows, totals);
        var regions = new ArrayList<Results.Region>();
        table.rows()
                .forEach((region, cells) -> regions.add(new Results.Region(
                        region,
                        Coverage.of(reported.getOrDefault(region, 0L), known.getOrDefault(region, 0L)),
                        cells)));
        return new Results(period, Coverage.of(sum(reported.values()), sum(known.values())), table.totals(), regions);
    }

    private static long sum(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    /// @param value the sum of an indicator over some reports
    /// @param reported how many of them gave it
    private record Sum(long value, long reported) {

        Sum plus(Sum other) {
            return new Sum(value + other.value, reported + other.reported);
        }
    }

    private List<Cell> cells(Map<String, Sum> sums) {
        return indicators.current().stream()
                .map(Indicator::code)
                .map(code -> Optional.ofNullable(sums.get(code))
                        .map(sum -> new Cell(code, sum.value(), false, sum.reported()))
                        .orElseGet(() -> Cell.missing(code)))
                .toList();
    }

    private static Map<String, Sum> total(Collection<Map<String, Sum>> regions) {
        var total = new HashMap<String, Sum>();
        regions.forEach(region -> region.forEach((code, sum) -> total.merge(code, sum, Sum::plus)));
        return total;
    }

    static Criteria approved(String period) {
        return Criteria.where("state").is("APPROVED").and("period").is(period);
    }

    private Map<String, Map<String, Sum>> sums(String period) {
        var rows = mongo.aggregate(
                Aggregation.newAggregation(
                        Aggregation.match(approved(period)),
                        Aggregation.project("region", "values"),
                        Aggregation.unwind("values"),
                        Aggregation.group("region", "values.indicator")
                                .sum("values.value")
                                .as("value")
                                .count()
                                .as("reported")),
                REPORTS,
                Document.class);
        Map<String, Map<String, Sum>> sums = new HashMap<>();
        for (Document row : rows) {
            Document key = row.get("_id", Document.class);
            sums.computeIfAbsent(Objects.requireNonNullElse(key.getString("region"), ""), _ -> new HashMap<>())
                    .put(
                            key.getString("indicator"),
                            new Sum(
                                    row.get("value", Number.class).longValue(),
                                    row.get("reported", Number.class).longValue()));
        }
        return sums;
    }

    private Map<String, Long> reported(String period) {
        var rows = mongo.aggregate(
                Aggregation.newAggregation(
                        Aggregation.match(approved(period)),
                        Aggregation.group("region").count().as("n")),
                REPORTS,
                Document.class);
        Map<String, Long> reported = new HashMap<>();
        for (Document row : rows) {
            reported.put(
                    Objects.requireNonNullElse(row.getString("_id"), ""),
                    row.get("n", Number.class).longValue());
        }
        return reported;
    }
}
