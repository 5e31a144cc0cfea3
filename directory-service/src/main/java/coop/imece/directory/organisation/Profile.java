package coop.imece.directory.organisation;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an organisation says about itself; valid, because [OrganisationRequest] makes it.
///
/// @param type what it is
/// @param kind code list `organisation-kinds`, a kind of the type
/// @param name in one or more languages
/// @param alsoKnownAs other names people use
/// @param identifiers numbers given by authorities
/// @param sectors what it does
/// @param place where it is
/// @param contactPoints how to reach it
/// @param languages BCP 47 tags of the languages it speaks
/// @param sdgs goals it works for, code list `sdgs`
/// @param founded the year it was founded, if it says so
/// @param description a few sentences
record Profile(
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
        @Nullable LocalisedText description) {

    Profile {
        alsoKnownAs = List.copyOf(alsoKnownAs);
        identifiers = List.copyOf(identifiers);
        sectors = List.copyOf(sectors);
        contactPoints = List.copyOf(contactPoints);
        languages = List.copyOf(languages);
        sdgs = List.copyOf(sdgs);
    }

    /// The names of the fields in which the other profile differs, in the order of the API.
    List<String> differences(Profile other) {
        List<String> fields = new ArrayList<>();
        compare(fields, "type", type, other.type);
        compare(fields, "kind", kind, other.kind);
        compare(fields, "name", name, other.name);
        compare(fields, "alsoKnownAs", alsoKnownAs, other.alsoKnownAs);
        compare(fields, "identifiers", identifiers, other.identifiers);
        compare(fields, "sectors", sectors, other.sectors);
        compare(fields, "place", place, other.place);
        compare(fields, "contactPoints", contactPoints, other.contactPoints);
        compare(fields, "languages", languages, other.languages);
        compare(fields, "sdgs", sdgs, other.sdgs);
        compare(fields, "founded", founded, other.founded);
        compare(fields, "description", description, other.description);
        return fields;
    }

    private static void compare(List<String> fields, String field, @Nullable Object a, @Nullable Object b) {
        if (!Objects.equals(a, b)) {
            fields.add(field);
        }
    }
}
