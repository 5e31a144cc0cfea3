package coop.imece.gateway.signin;

import java.time.LocalDate;

/// Counts of one day (UTC), shared by all instances.
interface DayCounts {

    /// Counts one more; how many there are that day with it.
    long increment(String subject, LocalDate day);
}
