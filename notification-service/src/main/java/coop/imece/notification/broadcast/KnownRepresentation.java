package coop.imece.notification.broadcast;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.OrganisationRole;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service knows of who acts for whom.
///
/// @param organisation for which
/// @param account who
/// @param role one of [OrganisationRole]; others are kept as text and count for nothing; null in what was heard before
///     this service took note of roles, when everybody was a representative
/// @param state APPOINTED, or whatever else they say
record KnownRepresentation(
        UUID organisation, UUID account, @Nullable String role, String state) {

    /// As directory-service derives it.
    static UUID idOf(UUID organisation, UUID account) {
        return Ids.derived("representation", organisation.toString(), account.toString());
    }

    /// The role while it lasts; empty if it ended, or if nobody here knows what it allows.
    Optional<OrganisationRole> standing() {
        if (!"APPOINTED".equals(state)) {
            return Optional.empty();
        }
        return role == null
                ? Optional.of(OrganisationRole.REPRESENTATIVE)
                : Arrays.stream(OrganisationRole.values())
                        .filter(known -> known.name().equals(role))
                        .findFirst();
    }

    boolean edits() {
        return standing().filter(OrganisationRole::edits).isPresent();
    }
}
