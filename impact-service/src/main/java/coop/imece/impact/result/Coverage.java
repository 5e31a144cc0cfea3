package coop.imece.impact.result;

/// How many cooperatives have an approved report, of how many that could.
///
/// @param reported with an approved report
/// @param of verified cooperatives that were founded by then
public record Coverage(long reported, long of) {

    /// Cooperatives that reported and were closed since still count.
    static Coverage of(long reported, long known) {
        return new Coverage(reported, Math.max(reported, known));
    }
}
