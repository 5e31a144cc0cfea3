package coop.imece.events.supply;

import coop.imece.platform.text.LocalisedText;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An organisation, as far as the calendar is concerned.
///
/// @param name what it is called
/// @param state `VERIFIED` is the only one that may announce; others are kept as text
/// @param languages the languages it works in, its own first; null if nothing was said
public record KnownOrganisation(
        UUID id, LocalisedText name, String state, @Nullable List<String> languages) {

    public boolean verified() {
        return "VERIFIED".equals(state);
    }

    /// The language of its plain texts.
    public String language() {
        return languages == null || languages.isEmpty() ? "tr" : languages.getFirst();
    }
}
