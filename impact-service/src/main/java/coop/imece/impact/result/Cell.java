package coop.imece.impact.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The total of one indicator over some cooperatives, as the public sees it.
///
/// @param indicator its code
/// @param value the sum of what was reported; null if nobody reported it, or if it is hidden
/// @param suppressed whether the number is hidden: few people stand behind it, or behind one that it would give away
/// @param reported how many cooperatives reported it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cell(String indicator, @Nullable Long value, boolean suppressed, long reported) {

    /// Nobody reported it: that is not zero.
    static Cell missing(String indicator) {
        return new Cell(indicator, null, false, 0);
    }

    Cell hidden() {
        return new Cell(indicator, null, true, reported);
    }
}
