package coop.imece.impact.report;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.impact.indicator.SomeIndicators;
import coop.imece.platform.page.Form;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormTests {

    private final Checks checks = new Checks();

    private static Form form(String typed) {
        return Form.of(Map.of("values.M01.value", new String[] {typed}));
    }

    @ParameterizedTest
    @CsvSource({"71, 71", "' 71 ', 71", "14.382, 14382", "'14,382', 14382", "1 004 382, 1004382", "'3,5', 3.5", "-3, -3"
    })
    void readsNumbersAsPeopleWriteThem(String typed, BigDecimal number) {
        assertThat(ReportForm.values(form(typed), new SomeIndicators().current(), checks))
                .singleElement()
                .satisfies(value -> assertThat(value.value()).isEqualByComparingTo(number));
        assertThat(checks.failed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yetmiş bir", "7 1", "1e9", "71 kişi", "1.2.3", "<b>", "99999999999999999999"})
    void saysSoIfItIsNoNumber(String typed) {
        ReportForm.values(form(typed), new SomeIndicators().current(), checks);
        assertThat(checks.errors()).containsExactly(FieldError.of("#/values/M01/value", "whole-number"));
        assertThat(Form.field(checks.errors().getFirst())).isEqualTo("values.M01.value");
    }

    @Test
    void anEmptyFieldIsNotReported() {
        assertThat(ReportForm.values(form("  "), new SomeIndicators().current(), checks))
                .isEmpty();
        assertThat(checks.failed()).isFalse();
    }

    @Test
    void showsAReportAsItWasGiven() {
        Form form = ReportForm.of(ReportTests.aReport());
        assertThat(form.value("values.M01.value")).isEqualTo("71");
        assertThat(form.value("values.M02.value")).isEmpty();
        assertThat(form.value("version")).isEqualTo("-1");
    }
}
