package coop.imece.gateway.signin;

import java.time.Duration;

/// What one address is good for.
///
/// @param life how long a code and its link are valid
/// @param tries how often a code may be tried
/// @param window the short span in which codes are counted
/// @param perWindow codes in that span
/// @param perDay codes in 24 hours
record SignInLimits(Duration life, int tries, Duration window, int perWindow, int perDay) {}
