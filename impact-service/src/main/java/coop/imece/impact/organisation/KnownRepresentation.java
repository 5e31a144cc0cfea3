package coop.imece.impact.organisation;

import java.util.UUID;

/// Who acts for an organisation, as last heard; directory-service derives its id from organisation and account.
record KnownRepresentation(UUID organisation, UUID account, String role, String state) {

    boolean stands() {
        return state.equals("APPOINTED") && role.equals("REPRESENTATIVE");
    }
}
