package coop.imece.impact.report;

import coop.imece.impact.indicator.Indicator;
import coop.imece.impact.report.ReportRules.Typed;
import coop.imece.platform.page.Form;
import coop.imece.platform.web.Checks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A report as it is typed into its form: one field per indicator, named `values.M01.value`.
final class ReportForm {

    private ReportForm() {}

    static String field(Indicator indicator) {
        return "values." + indicator.code() + ".value";
    }

    /// What the form of a report holds.
    static Form of(Report report) {
        Form form = Form.empty()
                .with("organisation", report.organisation())
                .with("period", report.period())
                .with("version", report.version());
        for (ReportedValue value : report.values()) {
            form = form.with("values." + value.indicator() + ".value", value.value());
        }
        return form;
    }

    static @Nullable UUID id(Form form, String name) {
        String text = form.text(name);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The numbers that were typed; an empty field is not reported.
    static List<Typed> values(Form form, List<Indicator> indicators, Checks checks) {
        var typed = new ArrayList<Typed>();
        for (Indicator indicator : indicators) {
            String pointer = "#/values/" + indicator.code();
            String text = form.text(field(indicator));
            if (text != null) {
                BigDecimal number = number(text);
                checks.require(number != null, pointer + "/value", "whole-number");
                typed.add(new Typed(pointer, indicator.code(), number));
            }
        }
        return typed;
    }

    /// A number as people write it: digits, in groups of three if they like; null if it is none.
    private static @Nullable BigDecimal number(String text) {
        String digits = text.matches("\\d{1,3}([.,\\s\\u00a0\\u202f’]\\d{3})+")
                ? text.replaceAll("[^\\d]", "")
                : text.replace('−', '-');
        return digits.matches("-?\\d{1,18}([.,]\\d{1,6})?") ? new BigDecimal(digits.replace(',', '.')) : null;
    }
}
