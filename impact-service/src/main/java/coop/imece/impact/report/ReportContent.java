package coop.imece.impact.report;

import coop.imece.platform.web.ServerOwned;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A report as it is sent.
///
/// @param organisation whose report it is; set once
/// @param period the year; set once
/// @param values what is reported; an indicator left out, or with a null value, is not reported
@ServerOwned({"state", "comment", "submittedAt", "approvedAt", "region"})
record ReportContent(
        @Nullable UUID organisation,
        @Nullable String period,
        @Nullable List<@Nullable Given> values) {

    /// @param indicator its code
    /// @param value the number; null says that it is not reported
    record Given(@Nullable String indicator, @Nullable BigDecimal value) {}
}
