package coop.imece.events.supply;

import java.util.UUID;

/// Who acts for whom.
///
/// @param role `REPRESENTATIVE` is the one that may announce; others are kept as text
/// @param state `APPOINTED` while it lasts
public record KnownRepresentation(UUID organisation, UUID account, String role, String state) {

    boolean stands() {
        return "REPRESENTATIVE".equals(role) && "APPOINTED".equals(state);
    }
}
