package coop.imece.platform.page;

/// One choice of a select, of checkboxes or of radio buttons.
///
/// @param value what is submitted
/// @param label what the reader sees
public record Option(String value, String label) {}
