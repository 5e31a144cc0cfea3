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
public record KnownOrganisation(
        UUID id, String type, LocalisedText name, @Nullable Place place, String state) {

    public boolean cooperative() {
        return type.equals("COOPERATIVE");
    }

    public boolean verified() {
        return state.equals("VERIFIED");
    }

    /// The region, if one is known.
    public Optional<String> region() {
        return Optional.ofNullable(place).map(Place::region);
    }
}
