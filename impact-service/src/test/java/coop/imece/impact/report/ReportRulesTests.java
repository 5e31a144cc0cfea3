package coop.imece.impact.report;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.impact.indicator.SomeIndicators;
import coop.imece.impact.report.ReportRules.Typed;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.math.BigDecimal;
import java.time.Year;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRulesTests {

    private final ReportRules rules = new ReportRules(new SomeIndicators());
    private final Checks checks = new Checks();

    private static Typed typed(int place, @Nullable String indicator, @Nullable String number) {
        return new Typed("#/values/" + place, indicator, number == null ? null : new BigDecimal(number));
    }

    @Test
    void keepsTheOrderOfTheIndicatorsAndTheVersionsTheyHaveNow() {
        assertThat(rules.values(checks, List.of(typed(0, "W01", "9"), typed(1, "M01", "71"))))
                .containsExactly(new ReportedValue("M01", 1, 71), new ReportedValue("W01", 1, 9));
        assertThat(checks.failed()).isFalse();
    }

    @Test
    void doesNotTakeMissingForZero() {
        assertThat(rules.values(checks, List.of(typed(0, "M01", null), typed(1, "M02", "0"))))
                .containsExactly(new ReportedValue("M02", 1, 0));
        assertThat(checks.failed()).isFalse();
    }

    @Test
    void refusesAPartThatIsMoreThanItsWhole() {
        rules.values(checks, List.of(typed(0, "M01", "31"), typed(1, "M02", "33")));
        assertThat(checks.errors()).containsExactly(FieldError.of("#/values/1/value", "more-than-whole", 31L, "M01"));
    }

    @Test
    void allowsAPartAsLargeAsItsWhole() {
        rules.values(checks, List.of(typed(0, "M01", "31"), typed(1, "M02", "31")));
        assertThat(checks.failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, out-of-range",
        "10000001, out-of-range",
        "1e400, out-of-range",
        "3.5, whole-number",
        "1e-400, out-of-range"
    })
    void refusesWhatIsNoBelievableWholeNumber(String number, String code) {
        assertThat(rules.values(checks, List.of(typed(0, "M01", number)))).isEmpty();
        assertThat(checks.errors()).extracting(FieldError::code).containsExactly(code);
        assertThat(checks.errors()).extracting(FieldError::pointer).containsExactly("#/values/0/value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"71.0", "7.1e1", "0071"})
    void takesAWholeNumberHoweverItIsWritten(String number) {
        assertThat(rules.values(checks, List.of(typed(0, "M01", number))))
                .containsExactly(new ReportedValue("M01", 1, 71));
    }

    @Test
    void refusesMoreValuesThanAnybodyHasByOneError() {
        rules.values(checks, Collections.nCopies(201, typed(0, null, null)));
        assertThat(checks.errors()).containsExactly(FieldError.of("#/values", "too-many", 200));
    }

    @Test
    void refusesUnknownDoubledAndUnnamedIndicatorsAtOnce() {
        rules.values(
                checks, List.of(typed(0, "M99", "1"), typed(1, "M01", "1"), typed(2, "M01", "2"), typed(3, null, "1")));
        assertThat(checks.errors())
                .containsExactly(
                        FieldError.of("#/values/0/indicator", "unknown-code", "M01, M02, W01"),
                        FieldError.of("#/values/2/indicator", "duplicate"),
                        FieldError.of("#/values/3/indicator", "required"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025, ",
        "2026, ",
        "2027, out-of-range",
        "1999, out-of-range",
        "25, invalid-date",
        "2025-Q1, invalid-date",
        "'', required",
        "٢٠٢٥, invalid-date"
    })
    void takesAYearThatHasBegun(String period, @Nullable String code) {
        rules.period(checks, period, Year.of(2026));
        assertThat(checks.errors().stream().map(FieldError::code).findFirst().orElse(null))
                .isEqualTo(code);
    }
}
