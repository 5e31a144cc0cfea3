package coop.imece.notification.recipient;

import java.time.Instant;
import java.util.UUID;

/// One thing a recipient wants to hear of.
///
/// @param since when it was confirmed
record Interest(UUID id, Criteria criteria, Instant since) {}
