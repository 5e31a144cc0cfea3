package coop.imece.platform.text;

import java.time.OffsetDateTime;
import java.time.ZoneId;

/// A moment where local time matters: RFC 3339 with offset, plus the IANA zone.
///
/// @param at the instant, with the offset that was written
/// @param zone the zone in which people read it, for example `Europe/Istanbul`
public record Moment(OffsetDateTime at, ZoneId zone) {}
