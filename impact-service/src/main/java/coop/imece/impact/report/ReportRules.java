package coop.imece.impact.report;

import coop.imece.impact.indicator.Indicator;
import coop.imece.impact.indicator.Indicators;
import coop.imece.platform.web.Checks;
import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a report may say, by the definitions of its indicators.
final class ReportRules {

    private static final int FIRST_YEAR = 2000;
    private static final int MOST_VALUES = 200;

    private final Indicators indicators;

    ReportRules(Indicators indicators) {
        this.indicators = indicators;
    }

    /// A number as it was given, with the place it was given at.
    record Typed(
            String pointer,
            @Nullable String indicator,
            @Nullable BigDecimal value) {}

    /// The year as four digits; an error if it is none, or has not begun.
    String period(Checks checks, @Nullable String period, Year now) {
        if (period == null || period.isBlank()) {
            checks.refuse("#/period", "required");
            return "";
        }
        if (!period.matches("\\d{4}")) {
            checks.refuse("#/period", "invalid-date");
            return "";
        }
        int year = Integer.parseInt(period);
        checks.require(
                year >= FIRST_YEAR && year <= now.getValue(),
                "#/period",
                "out-of-range",
                String.valueOf(FIRST_YEAR),
                now.toString());
        return period;
    }

    /// The values in the order of the indicators; what is not reported is left out.
    List<ReportedValue> values(Checks checks, List<Typed> given) {
        if (!checks.require(given.size() <= MOST_VALUES, "#/values", "too-many", MOST_VALUES)) {
            return List.of();
        }
        Map<String, Typed> byIndicator = new LinkedHashMap<>();
        for (Typed typed : given) {
            Optional<Indicator> indicator =
                    Optional.ofNullable(typed.indicator()).flatMap(indicators::find);
            if (typed.indicator() == null) {
                checks.refuse(typed.pointer() + "/indicator", "required");
            } else if (indicator.isEmpty()) {
                checks.refuse(typed.pointer() + "/indicator", "unknown-code", codes());
            } else if (byIndicator.putIfAbsent(typed.indicator(), typed) != null) {
                checks.refuse(typed.pointer() + "/indicator", "duplicate");
            }
        }
        var values = new ArrayList<ReportedValue>();
        for (Indicator indicator : indicators.current()) {
            Typed typed = byIndicator.get(indicator.code());
            if (typed != null && typed.value() != null && inRange(checks, typed, indicator)) {
                values.add(new ReportedValue(
                        indicator.code(), indicator.version(), typed.value().longValueExact()));
            }
        }
        parts(checks, values, byIndicator);
        return values;
    }

    private boolean inRange(Checks checks, Typed typed, Indicator indicator) {
        BigDecimal value = Objects.requireNonNull(typed.value());
        // A huge exponent would make the comparison itself expensive.
        boolean believable = value.precision() - (long) value.scale() <= 18 && value.scale() <= 18;
        if (believable && value.stripTrailingZeros().scale() > 0) {
            checks.refuse(typed.pointer() + "/value", "whole-number");
            return false;
        }
        return checks.require(
                believable
                        && value.compareTo(BigDecimal.valueOf(indicator.minimum())) >= 0
                        && value.compareTo(BigDecimal.valueOf(indicator.maximum())) <= 0,
                typed.pointer() + "/value",
                "out-of-range",
                indicator.minimum(),
                indicator.maximum());
    }

    private void parts(Checks checks, List<ReportedValue> values, Map<String, Typed> given) {
        Map<String, Long> numbers =
                values.stream().collect(Collectors.toMap(ReportedValue::indicator, ReportedValue::value));
        for (Indicator indicator : indicators.current()) {
            Long part = numbers.get(indicator.code());
            Long whole = indicator.partOf() == null ? null : numbers.get(indicator.partOf());
            if (part != null && whole != null && part > whole) {
                checks.refuse(
                        Objects.requireNonNull(given.get(indicator.code())).pointer() + "/value",
                        "more-than-whole",
                        whole,
                        String.valueOf(indicator.partOf()));
            }
        }
    }

    private String codes() {
        return indicators.current().stream().map(Indicator::code).collect(Collectors.joining(", "));
    }
}
