package coop.imece.gateway.session;

import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who sends a request: anyone, or the holder of a running session with the roles of this moment.
///
/// @param account whose session it is, or null for anyone
/// @param session the session's id
/// @param program whether the secret came as bearer token
/// @param language the language last chosen while signed in
/// @param networkRoles roles in the whole network
/// @param organisations for which organisations the account may act
public record Visitor(
        @Nullable UUID account,
        @Nullable UUID session,
        boolean program,
        @Nullable Language language,
        Set<NetworkRole> networkRoles,
        Map<UUID, OrganisationRole> organisations) {

    /// Anyone.
    public static final Visitor ANYONE = new Visitor(null, null, false, null, Set.of(), Map.of());

    private static final String ATTRIBUTE = Visitor.class.getName();

    /// The visitor the filter found for this request.
    public static Visitor of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Visitor visitor ? visitor : ANYONE;
    }

    Visitor with(Map<UUID, OrganisationRole> newOrganisations) {
        return new Visitor(account, session, program, language, networkRoles, newOrganisations);
    }

    void bind(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public boolean signedIn() {
        return account != null;
    }

    /// The same as the services see it.
    Caller caller() {
        return new Caller(
                account,
                networkRoles,
                organisations,
                null,
                Set.of(),
                session == null ? null : session.toString(),
                null);
    }

    /// The account's id, for whoever only asks whether somebody is signed in.
    @Nullable
    Principal principal() {
        return account == null ? null : account::toString;
    }
}
