package coop.imece.events.supply;

import coop.imece.platform.security.OrganisationRole;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// Who acts for whom.
///
/// @param role one of [OrganisationRole]; others are kept as text and count for nothing
/// @param state `APPOINTED` while it lasts
public record KnownRepresentation(UUID organisation, UUID account, String role, String state) {

    /// The role while it lasts; empty if it ended, or if nobody here knows what it allows.
    Optional<OrganisationRole> standing() {
        return "APPOINTED".equals(state)
                ? Arrays.stream(OrganisationRole.values())
                        .filter(known -> known.name().equals(role))
                        .findFirst()
                : Optional.empty();
    }
}
