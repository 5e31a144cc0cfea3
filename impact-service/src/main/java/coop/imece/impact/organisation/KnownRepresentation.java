package coop.imece.impact.organisation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.OrganisationRole;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// Who acts for an organisation, as last heard; directory-service derives its id from organisation and account.
///
/// @param role one of [OrganisationRole]; others are kept as text and count for nothing
record KnownRepresentation(UUID organisation, UUID account, String role, String state) {

    static UUID idOf(UUID organisation, UUID account) {
        return Ids.derived("representation", organisation.toString(), account.toString());
    }

    /// The role while it lasts; empty if it ended, or if nobody here knows what it allows.
    Optional<OrganisationRole> standing() {
        return "APPOINTED".equals(state)
                ? Arrays.stream(OrganisationRole.values())
                        .filter(known -> known.name().equals(role))
                        .findFirst()
                : Optional.empty();
    }
}
