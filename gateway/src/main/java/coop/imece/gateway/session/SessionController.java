package coop.imece.gateway.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.gateway.organisation.KnownOrganisation;
import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who one is, for which organisations one may act, and where one is signed in.
@RestController
@RequestMapping("/api/v1")
class SessionController {

    /// A program also hears which one it is, and its scopes.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(
            UUID account,
            @Nullable UUID client,
            @Nullable List<String> scopes,
            List<NetworkRole> networkRoles,
            List<Representation> organisations) {}

    record Representation(UUID id, @Nullable LocalisedText name, OrganisationRole role) {}

    record Item(
            UUID id,
            Session.Kind kind,
            @Nullable String deviceName,
            Instant startedAt,
            Instant lastSeenAt,
            Instant expiresAt,
            boolean current) {}

    record Items(List<Item> items, int total) {}

    private final Sessions sessions;
    private final Visitors visitors;
    private final KnownOrganisations organisations;

    SessionController(Sessions sessions, Visitors visitors, KnownOrganisations organisations) {
        this.sessions = sessions;
        this.visitors = visitors;
        this.organisations = organisations;
    }

    @GetMapping("/me")
    @Described(id = "readMe", summary = "Who one is, and for which organisations one may act", answers = Me.class)
    ResponseEntity<Me> me(Visitor visitor) {
        UUID account = account(visitor);
        List<Representation> represented = visitor.organisations().entrySet().stream()
                .map(entry -> new Representation(
                        entry.getKey(),
                        organisations
                                .find(entry.getKey())
                                .map(KnownOrganisation::name)
                                .orElse(null),
                        entry.getValue()))
                .toList();
        return privately(new Me(
                account,
                visitor.client(),
                visitor.client() == null
                        ? null
                        : visitor.scopes().stream().sorted().toList(),
                visitor.networkRoles().stream().sorted().toList(),
                represented));
    }

    @GetMapping("/sessions")
    @Described(id = "listSessions", summary = "Where one is signed in", answers = Items.class)
    ResponseEntity<Items> list(Visitor visitor) {
        List<Item> items = sessions.of(account(visitor)).stream()
                .map(session -> new Item(
                        session.id(),
                        session.kind(),
                        session.device(),
                        session.startedAt(),
                        session.lastSeenAt(),
                        session.expiresAt(),
                        session.id().equals(visitor.session())))
                .toList();
        return privately(new Items(items, items.size()));
    }

    /// Ends all but the one that asks.
    @DeleteMapping("/sessions")
    @Described(id = "endOtherSessions", summary = "End all other sessions and tokens", success = 204)
    ResponseEntity<Void> endOthers(Visitor visitor) {
        UUID account = account(visitor);
        UUID session = visitor.session();
        if (session != null) {
            visitors.endOthers(account, session);
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/sessions/{id}")
    @Described(id = "endSession", summary = "End a session or token", success = 204)
    ResponseEntity<Void> end(Visitor visitor, @PathVariable UUID id) {
        if (!visitors.end(id, account(visitor))) {
            throw new ProblemException(Problem.notFound());
        }
        return ResponseEntity.noContent().build();
    }

    private static UUID account(Visitor visitor) {
        UUID account = visitor.account();
        if (account == null) {
            throw new ProblemException(Problem.notSignedIn());
        }
        return account;
    }

    private static <T> ResponseEntity<T> privately(T body) {
        return ResponseEntity.ok()
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization, Cookie")
                .body(body);
    }
}
