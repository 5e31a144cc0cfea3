package coop.imece.events.gathering;

import coop.imece.platform.text.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// When a gathering begins and ends, to the second, each in the zone in which people read it.
///
/// Instants are what is stored and sorted by; the offset that was written follows from instant and zone, because
/// [GatheringReader] takes no other.
///
/// @param startsAt the beginning
/// @param startZone the zone of the beginning
/// @param endsAt the end, after the beginning and at most [#LONGEST] later
/// @param endZone the zone of the end
record Timing(Instant startsAt, ZoneId startZone, Instant endsAt, ZoneId endZone) {

    /// No gathering lasts longer; so the calendar need not look further back than this for one that is still on.
    static final Duration LONGEST = Duration.ofDays(366);

    Timing {
        startsAt = startsAt.truncatedTo(ChronoUnit.SECONDS);
        endsAt = endsAt.truncatedTo(ChronoUnit.SECONDS);
        if (!endsAt.isAfter(startsAt) || Duration.between(startsAt, endsAt).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a gathering ends after it starts, within a year");
        }
    }

    static Timing of(Moment starts, Moment ends) {
        return new Timing(starts.at().toInstant(), starts.zone(), ends.at().toInstant(), ends.zone());
    }

    Moment starts() {
        return new Moment(startsAt.atZone(startZone).toOffsetDateTime(), startZone);
    }

    Moment ends() {
        return new Moment(endsAt.atZone(endZone).toOffsetDateTime(), endZone);
    }

    LocalDate firstDay() {
        return LocalDate.ofInstant(startsAt, startZone);
    }

    LocalDate lastDay() {
        return LocalDate.ofInstant(endsAt, endZone);
    }
}
