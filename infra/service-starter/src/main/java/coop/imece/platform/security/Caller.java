package coop.imece.platform.security;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is calling, as the gateway vouches for in the internal token of this request.
///
/// Controllers take it as a method argument. Being called through the gateway grants nothing: each use case decides per
/// object.
///
/// @param account the account, or null for anyone; a program has one of its own, derived from its id
/// @param networkRoles roles in the whole network
/// @param organisations for which organisations the account may act, and in which role (at most 50)
/// @param onBehalfOf the organisation chosen for this request, if one was
/// @param scopes what a program was allowed by its owner; empty for a person
/// @param session the session or bearer token behind the request, for the audit
/// @param client the program that calls, or null for a person
public record Caller(
        @Nullable UUID account,
        Set<NetworkRole> networkRoles,
        Map<UUID, OrganisationRole> organisations,
        @Nullable UUID onBehalfOf,
        Set<String> scopes,
        @Nullable String session,
        @Nullable UUID client) {

    /// Anyone.
    public static final Caller ANYONE = new Caller(null, Set.of(), Map.of(), null, Set.of(), null, null);

    public boolean signedIn() {
        return account != null;
    }

    public boolean administrator() {
        return networkRoles.contains(NetworkRole.ADMINISTRATOR);
    }

    /// Reviewers verify organisations and review reports; an administrator is one, too.
    public boolean reviewer() {
        return networkRoles.contains(NetworkRole.REVIEWER) || administrator();
    }

    /// Whether a program calls.
    public boolean program() {
        return client != null;
    }

    /// Whether the caller may use a scope: a person may use all, a program those its owner gave it.
    public boolean allows(String scope) {
        return !program() || scopes.contains(scope);
    }

    /// The role in the organisation according to the token, or null; a "none" may lag behind an appointment by a
    /// moment, so services confirm it by [coop.imece.platform.inbox.View#await] before they refuse.
    public @Nullable OrganisationRole roleIn(UUID organisation) {
        return organisations.get(organisation);
    }

    /// Whether the caller represents the organisation according to the token; see [#roleIn].
    public boolean represents(UUID organisation) {
        return roleIn(organisation) == OrganisationRole.REPRESENTATIVE;
    }
}
