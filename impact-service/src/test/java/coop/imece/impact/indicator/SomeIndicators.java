package coop.imece.impact.indicator;

import coop.imece.platform.text.LocalisedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members, women among them, and jobs.
public final class SomeIndicators implements Indicators {

    @Override
    public List<Indicator> current() {
        return List.of(indicator("M01", null), indicator("M02", "M01"), indicator("W01", null));
    }

    private static Indicator indicator(String code, @Nullable String partOf) {
        LocalisedText text = LocalisedText.of("en", code);
        return new Indicator(code, 1, text, text, "people", 0, 10_000_000, partOf, List.of());
    }
}
