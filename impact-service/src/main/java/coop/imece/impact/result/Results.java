package coop.imece.impact.result;

import java.util.List;

/// The public numbers of one year.
///
/// @param period the year
/// @param coverage over the whole network
/// @param totals over the whole network, one for each indicator
/// @param regions the same for each region where somebody reported or could; an empty code for those without region
public record Results(String period, Coverage coverage, List<Cell> totals, List<Region> regions) {

    /// @param region code list `regions`
    public record Region(String region, Coverage coverage, List<Cell> values) {}
}
