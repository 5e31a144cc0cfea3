package coop.imece.gateway.front;

import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.page.Option;
import java.text.Collator;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/// For which organisation somebody who acts for several works at the desk. The choice is remembered on the device, and
/// counts only while they still act for it.
@Component
class DeskChoice {

    static final String COOKIE = "imece-desk";

    private static final Duration YEAR = Duration.ofDays(365);

    private final KnownOrganisations organisations;
    private final PublicAddress address;

    DeskChoice(KnownOrganisations organisations, PublicAddress address) {
        this.organisations = organisations;
        this.address = address;
    }

    /// The organisation; null for all of them.
    ///
    /// @param wanted what was chosen just now, empty for all; null if nothing was
    /// @param remembered what was chosen before
    @Nullable
    UUID of(Visitor visitor, @Nullable String wanted, @Nullable String remembered) {
        String text = wanted == null ? remembered : wanted;
        return visitor.organisations().keySet().stream()
                .filter(organisation -> organisation.toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    /// What there is to choose from, by name; nothing for who acts for one alone.
    List<Option> options(Visitor visitor, Locale reader) {
        if (visitor.organisations().size() < 2) {
            return List.of();
        }
        return visitor.organisations().keySet().stream()
                .map(organisation -> new Option(
                        organisation.toString(),
                        organisations
                                .find(organisation)
                                .map(known -> known.name().text(reader.getLanguage()))
                                .orElse(organisation.toString())))
                .sorted(Comparator.comparing(Option::label, Collator.getInstance(reader)::compare))
                .toList();
    }

    /// Remembers the choice, or forgets it.
    String cookie(@Nullable UUID chosen) {
        return ResponseCookie.from(COOKIE, chosen == null ? "" : chosen.toString())
                .path("/desk")
                .httpOnly(true)
                .secure(address.secure())
                .sameSite("Lax")
                .maxAge(chosen == null ? Duration.ZERO : YEAR)
                .build()
                .toString();
    }
}
