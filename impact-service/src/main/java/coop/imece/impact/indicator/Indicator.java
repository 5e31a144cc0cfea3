package coop.imece.impact.indicator;

import coop.imece.platform.text.LocalisedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The definition of one indicator in one version. What a version means never changes: a report keeps the version it
/// was filled in by.
///
/// @param code for example `M01`
/// @param version counts from 1
/// @param name what it is called
/// @param definition what to count, in words a cooperative uses
/// @param unit what is counted
/// @param minimum the least a report may say
/// @param maximum the most that is believable of one cooperative
/// @param partOf the indicator of which this one counts a part
/// @param sdgs targets of the sustainable development goals it is aligned to
public record Indicator(
        String code,
        int version,
        LocalisedText name,
        LocalisedText definition,
        String unit,
        long minimum,
        long maximum,
        @Nullable String partOf,
        List<String> sdgs) {

    public Indicator {
        sdgs = List.copyOf(sdgs);
    }
}
