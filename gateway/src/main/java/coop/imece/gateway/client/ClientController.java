package coop.imece.gateway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.NewId;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.ServerOwned;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `/clients`: the programs of one's organisations; administrators see those of the network, too.
@RestController
@RequestMapping("/api/v1/clients")
class ClientController {

    private static final Set<String> SERVER_OWNED = Set.of(
            "id",
            "organisation",
            "state",
            "secretNeeded",
            "registeredBy",
            "createdAt",
            "lastUsedAt",
            "previousSecretUntil",
            "secret");

    @ServerOwned({
        "id",
        "state",
        "secretNeeded",
        "registeredBy",
        "createdAt",
        "lastUsedAt",
        "previousSecretUntil",
        "secret"
    })
    record Registration(
            @Nullable UUID organisation,
            @Nullable String name,
            @Nullable List<@Nullable String> scopes) {}

    record Change(@Nullable String name, @Nullable List<@Nullable String> scopes) {}

    /// Nothing is asked of whoever wants another secret.
    record Nothing() {}

    /// @param organisation whose it is; absent for one of the network
    /// @param secretNeeded whether it stands still until somebody makes another secret, because whoever made the
    /// present one may manage it no more
    /// @param previousSecretUntil until when the secret before the present one is good, after a rotation
    /// @param secret only in the answer that makes it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            @Nullable UUID organisation,
            String name,
            List<String> scopes,
            ApiClient.State state,
            boolean secretNeeded,
            UUID registeredBy,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant previousSecretUntil,
            @Nullable String secret) {}

    record Views(List<View> items, int total) {}

    private final ClientReading reading;
    private final ClientRegistration registration;
    private final JsonMapper json;
    private final Clock clock;

    ClientController(ClientReading reading, ClientRegistration registration, JsonMapper json, Clock clock) {
        this.reading = reading;
        this.registration = registration;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping
    @Described(
            id = "listClients",
            summary = "The programs of one's organisations",
            description = "Those in use first, the youngest first.",
            answers = Views.class)
    ResponseEntity<Views> list(Visitor visitor) {
        person(visitor);
        List<View> items =
                reading.of(visitor).stream().map(client -> view(client, null)).toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy("Authorization", "Cookie")
                .body(new Views(items, items.size()));
    }

    @GetMapping("/{id}")
    @Described(id = "readClient", summary = "A program", answers = View.class, versioned = true)
    ResponseEntity<View> one(@PathVariable UUID id, Visitor visitor, HttpServletRequest request) {
        person(visitor);
        return shown(
                HttpStatus.OK,
                reading.find(id, request).orElseThrow(() -> new ProblemException(Problem.notFound())),
                null);
    }

    @PostMapping
    @Described(
            id = "registerClient",
            summary = "Register a program",
            description = "For representatives; without an organisation for administrators. The answer alone shows the"
                    + " secret.",
            required = {"name", "scopes"},
            answers = View.class,
            success = 201,
            refuses = 409,
            versioned = true)
    ResponseEntity<View> register(@RequestBody Registration wanted, NewId id, HttpServletRequest request) {
        return answer(
                registration.register(id.value(), wanted.organisation(), wanted.name(), wanted.scopes(), request));
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @Described(
            id = "changeClient",
            summary = "Change the name or the scopes of a program",
            takes = Change.class,
            answers = View.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<View> change(
            @PathVariable UUID id,
            @RequestBody MergePatch patch,
            IfMatch ifMatch,
            Visitor visitor,
            HttpServletRequest request) {
        person(visitor);
        ApiClient client = reading.find(id, request).orElseThrow(() -> new ProblemException(Problem.notFound()));
        Change changed = patch.applyTo(
                json,
                new Change(client.name(), List.copyOf(Scope.values(client.scopes()))),
                Change.class,
                SERVER_OWNED);
        return answer(registration.change(id, changed.name(), changed.scopes(), ifMatch, request));
    }

    @PostMapping("/{id}/rotation")
    @Described(
            id = "rotateClientSecret",
            summary = "Give a program another secret",
            description =
                    "The present one is good for another day, unless who made it may manage the program no more. The"
                            + " answer alone shows the new one.",
            answers = View.class,
            success = 201,
            refuses = 409,
            versioned = true)
    ResponseEntity<View> rotate(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Nothing nothing,
            HttpServletRequest request) {
        return answer(registration.rotate(id, request));
    }

    @DeleteMapping("/{id}")
    @Described(
            id = "endClient",
            summary = "End a program",
            description = "Its secrets and tokens are good for nothing any more.",
            success = 204)
    ResponseEntity<Void> end(@PathVariable UUID id, HttpServletRequest request) {
        return switch (registration.end(id, request)) {
            case ClientRegistration.Outcome.Done _, ClientRegistration.Outcome.Secret _ ->
                ResponseEntity.noContent().build();
            case ClientRegistration.Outcome.Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    private ResponseEntity<View> answer(ClientRegistration.Outcome outcome) {
        return switch (outcome) {
            case ClientRegistration.Outcome.Secret made ->
                shown(HttpStatus.CREATED, made.client(), made.secret().value());
            case ClientRegistration.Outcome.Done done -> shown(HttpStatus.OK, done.client(), null);
            case ClientRegistration.Outcome.Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    private ResponseEntity<View> shown(HttpStatus status, ApiClient client, @Nullable String secret) {
        var answer = ResponseEntity.status(status)
                .eTag(IfMatch.etag(client.version()))
                .cacheControl(secret == null ? CacheControl.noCache().cachePrivate() : CacheControl.noStore())
                .varyBy("Authorization", "Cookie");
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/api/v1/clients/" + client.id()));
        }
        return answer.body(view(client, secret));
    }

    private View view(ApiClient client, @Nullable String secret) {
        return new View(
                client.id(),
                client.organisation(),
                client.name(),
                Scope.values(client.scopes()),
                client.state(),
                reading.stopped(client),
                client.registeredBy(),
                client.createdAt(),
                client.lastUsedAt(),
                client.previousSecretUntil(clock.instant()),
                secret);
    }

    /// A program reads of no program, not even of itself: `/me` tells it what it needs to know.
    private static void person(Visitor visitor) {
        if (!visitor.signedIn()) {
            throw new ProblemException(Problem.notSignedIn());
        }
        if (visitor.client() != null) {
            throw new ProblemException(Problem.of(403, "not-for-programs"));
        }
    }
}
