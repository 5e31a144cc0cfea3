package coop.imece.directory.representation;

import coop.imece.directory.representation.RepresentativeChanges.Outcome;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `/organisations/{id}/representatives`: for its representatives and administrators; everybody may leave. Not open to
/// programs: who acts for an organisation is decided by persons.
@RestController
class RepresentativeController {

    private static final String PATH = "/api/v1/organisations/{organisation}/representatives";
    private static final Set<String> SERVER_OWNED = Set.of("account", "since");

    private final RepresentativeChanges changes;
    private final Problems problems;
    private final JsonMapper json;

    RepresentativeController(RepresentativeChanges changes, Problems problems, JsonMapper json) {
        this.changes = changes;
        this.problems = problems;
        this.json = json;
    }

    /// @param role by default a representative
    record AppointRepresentative(
            @Nullable UUID account, @Nullable OrganisationRole role) {}

    record RoleRequest(@Nullable OrganisationRole role) {}

    record RepresentativeAnswer(UUID account, OrganisationRole role, Instant since) {

        static RepresentativeAnswer of(Representation representation) {
            return new RepresentativeAnswer(representation.account(), representation.role(), representation.since());
        }
    }

    record RepresentativeList(List<RepresentativeAnswer> items, int total) {}

    @GetMapping(PATH)
    @Described(id = "listRepresentatives", summary = "Who acts for an organisation", answers = RepresentativeList.class)
    ResponseEntity<?> list(@PathVariable UUID organisation, Caller caller, Locale reader) {
        return answer(changes.list(organisation, caller), organisation, reader);
    }

    @GetMapping(PATH + "/{account}")
    @Described(
            id = "readRepresentative",
            summary = "One who acts for an organisation",
            answers = RepresentativeAnswer.class,
            versioned = true)
    ResponseEntity<?> one(@PathVariable UUID organisation, @PathVariable UUID account, Caller caller, Locale reader) {
        return answer(changes.find(organisation, account, caller), organisation, reader);
    }

    @PostMapping(PATH)
    @Described(
            id = "appointRepresentative",
            summary = "Let somebody act for an organisation",
            answers = RepresentativeAnswer.class,
            required = "account",
            success = {201, 200},
            refuses = 409,
            versioned = true)
    ResponseEntity<?> appoint(
            @PathVariable UUID organisation,
            @RequestBody AppointRepresentative appointment,
            Caller caller,
            Locale reader) {
        UUID account = appointment.account();
        OrganisationRole role = appointment.role() == null ? OrganisationRole.REPRESENTATIVE : appointment.role();
        return account == null
                ? problems.answer(Problem.invalid(List.of(FieldError.of("#/account", "required"))), reader)
                : answer(changes.appoint(organisation, account, role, caller), organisation, reader);
    }

    @PatchMapping(path = PATH + "/{account}", consumes = "application/merge-patch+json")
    @Described(
            id = "changeRole",
            summary = "Give somebody another role in an organisation",
            takes = RoleRequest.class,
            answers = RepresentativeAnswer.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<?> change(
            @PathVariable UUID organisation,
            @PathVariable UUID account,
            @RequestBody MergePatch patch,
            IfMatch ifMatch,
            Caller caller,
            Locale reader) {
        return answer(
                changes.changeRole(organisation, account, present -> patched(patch, present), ifMatch, caller),
                organisation,
                reader);
    }

    private OrganisationRole patched(MergePatch patch, OrganisationRole present) {
        OrganisationRole role = patch.applyTo(json, new RoleRequest(present), RoleRequest.class, SERVER_OWNED)
                .role();
        if (role == null) {
            throw new ProblemException(Problem.invalid(List.of(FieldError.of("#/role", "required"))));
        }
        return role;
    }

    @DeleteMapping(PATH + "/{account}")
    @Described(
            id = "dismissRepresentative",
            summary = "Let somebody no longer act for an organisation",
            success = 204,
            refuses = 409)
    ResponseEntity<?> dismiss(
            @PathVariable UUID organisation, @PathVariable UUID account, Caller caller, Locale reader) {
        return answer(changes.dismiss(organisation, account, caller), organisation, reader);
    }

    private ResponseEntity<?> answer(Outcome outcome, UUID organisation, Locale reader) {
        return switch (outcome) {
            case Outcome.Appointed(var appointed) ->
                ResponseEntity.created(URI.create(
                                "/api/v1/organisations/" + organisation + "/representatives/" + appointed.account()))
                        .eTag(IfMatch.etag(appointed.version()))
                        .body(RepresentativeAnswer.of(appointed));
            case Outcome.Present(var present) ->
                ResponseEntity.ok()
                        .eTag(IfMatch.etag(present.version()))
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie")
                        .body(RepresentativeAnswer.of(present));
            case Outcome.Dismissed _ -> ResponseEntity.noContent().build();
            case Outcome.Listed(var representations) -> {
                List<RepresentativeAnswer> items =
                        representations.stream().map(RepresentativeAnswer::of).toList();
                yield ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie")
                        .body(new RepresentativeList(items, items.size()));
            }
            case Outcome.Refused(var problem) -> problems.answer(problem, reader);
        };
    }
}
