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

/// Who sends a request: anyone, the holder of a running session, or a program; with the roles of this moment.
///
/// @param account whose session it is, or null for anyone; a program has an account of its own, derived from its id
/// @param session the session's id, if there is one
/// @param program whether the secret came as bearer token
/// @param language the language last chosen while signed in
/// @param networkRoles roles in the whole network
/// @param organisations for which organisations the account may act
/// @param client the registered program, or null for a person
/// @param scopes what a program may do
public record Visitor(
        @Nullable UUID account,
        @Nullable UUID session,
        boolean program,
        @Nullable Language language,
        Set<NetworkRole> networkRoles,
        Map<UUID, OrganisationRole> organisations,
        @Nullable UUID client,
        Set<String> scopes) {

    /// Anyone.
    public static final Visitor ANYONE = person(null, null, false, null, Set.of(), Map.of());

    private static final String ATTRIBUTE = Visitor.class.getName();

    /// A person, by cookie or bearer token.
    public static Visitor person(
            @Nullable UUID account,
            @Nullable UUID session,
            boolean program,
            @Nullable Language language,
            Set<NetworkRole> networkRoles,
            Map<UUID, OrganisationRole> organisations) {
        return new Visitor(account, session, program, language, networkRoles, organisations, null, Set.of());
    }

    /// A registered program.
    ///
    /// @param client its id
    /// @param account the account derived from it
    /// @param networkRoles roles in the whole network
    /// @param organisations the organisation it belongs to, if it belongs to one
    /// @param scopes what it may do
    public static Visitor client(
            UUID client,
            UUID account,
            Set<NetworkRole> networkRoles,
            Map<UUID, OrganisationRole> organisations,
            Set<String> scopes) {
        return new Visitor(account, null, true, null, networkRoles, organisations, client, scopes);
    }

    /// The visitor the filter found for this request.
    public static Visitor of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Visitor visitor ? visitor : ANYONE;
    }

    Visitor with(Map<UUID, OrganisationRole> newOrganisations) {
        return new Visitor(account, session, program, language, networkRoles, newOrganisations, client, scopes);
    }

    void bind(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public boolean signedIn() {
        return account != null;
    }

    /// The organisation a program belongs to: it acts for that one without saying so.
    public @Nullable UUID owner() {
        return client == null
                ? null
                : organisations.keySet().stream().findFirst().orElse(null);
    }

    /// The same as the services see it.
    Caller caller() {
        return new Caller(
                account,
                networkRoles,
                organisations,
                owner(),
                scopes,
                session == null ? null : session.toString(),
                client);
    }

    /// The account's id, for whoever only asks whether somebody is signed in.
    @Nullable
    Principal principal() {
        return account == null ? null : account::toString;
    }
}
