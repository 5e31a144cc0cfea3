package coop.imece.impact.organisation;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An organisation as last heard.
///
/// @param type COOPERATIVE, SUPPORTER and others
/// @param state SUBMITTED, VERIFIED and others
/// @param founded the year, if it says so
public record KnownOrganisation(
        UUID id,
        String type,
        LocalisedText name,
        @Nullable Place place,
        String state,
        @Nullable Integer founded) {

    public boolean cooperative() {
        return type.equals("COOPERATIVE");
    }

    public boolean verified() {
        return state.equals("VERIFIED");
    }

    /// Whether it can have something to report for a year; yes if nobody said when it was founded.
    public boolean existedIn(int year) {
        return founded == null || founded <= year;
    }

    /// The region, if one is known.
    public Optional<String> region() {
        return Optional.ofNullable(place).map(Place::region);
    }
}
