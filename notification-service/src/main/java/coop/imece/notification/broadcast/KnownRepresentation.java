package coop.imece.notification.broadcast;

import coop.imece.platform.aggregate.Ids;
import java.util.UUID;

/// What this service knows of who acts for whom.
///
/// @param organisation for which
/// @param account who
/// @param state APPOINTED, or whatever else they say
record KnownRepresentation(UUID organisation, UUID account, String state) {

    /// As directory-service derives it.
    static UUID idOf(UUID organisation, UUID account) {
        return Ids.derived("representation", organisation.toString(), account.toString());
    }

    boolean stands() {
        return "APPOINTED".equals(state);
    }
}
