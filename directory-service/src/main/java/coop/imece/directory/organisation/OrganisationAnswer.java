package coop.imece.directory.organisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An organisation as one reader may see it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrganisationAnswer(
        UUID id,
        OrganisationType type,
        String kind,
        LocalisedText name,
        List<String> alsoKnownAs,
        List<Identifier> identifiers,
        List<Sector> sectors,
        Place place,
        List<ContactPoint> contactPoints,
        List<String> languages,
        List<String> sdgs,
        @Nullable Integer founded,
        @Nullable LocalisedText description,
        Organisation.State state,
        String licence,
        Instant confirmedAt,
        Instant asOf) {

    /// @param upTo contact points of this visibility and the more public ones are shown
    static OrganisationAnswer of(Organisation organisation, ContactPoint.Visibility upTo) {
        Profile profile = organisation.profile();
        return new OrganisationAnswer(
                organisation.id(),
                profile.type(),
                profile.kind(),
                profile.name(),
                profile.alsoKnownAs(),
                profile.identifiers(),
                profile.sectors(),
                profile.place(),
                profile.contactPoints().stream()
                        .filter(contact -> contact.visibility().compareTo(upTo) <= 0)
                        .toList(),
                profile.languages(),
                profile.sdgs(),
                profile.founded(),
                profile.description(),
                organisation.state(),
                Organisation.LICENCE,
                organisation.confirmedAt(),
                organisation.asOf());
    }
}
