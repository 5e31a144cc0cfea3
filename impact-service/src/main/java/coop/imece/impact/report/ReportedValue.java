package coop.imece.impact.report;

/// One number of a report. A number that is missing was not reported: that is not zero.
///
/// @param indicator the code, for example `M01`
/// @param version the version of the definition it was given by
/// @param value the number
record ReportedValue(String indicator, int version, long value) {}
