package coop.imece.directory.representation;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/organisations/{id}/representatives`: for those who act for it.
@RestController
class RepresentativeController {

    private static final String PATH = "/api/v1/organisations/{organisation}/representatives";

    private final Representatives representatives;
    private final Problems problems;

    RepresentativeController(Representatives representatives, Problems problems) {
        this.representatives = representatives;
        this.problems = problems;
    }

    record AppointRepresentative(@Nullable UUID account) {}

    record RepresentativeAnswer(UUID account, OrganisationRole role, Instant since) {

        static RepresentativeAnswer of(Representation representation) {
            return new RepresentativeAnswer(representation.account(), representation.role(), representation.since());
        }
    }

    record RepresentativeList(List<RepresentativeAnswer> items, int total) {}

    @GetMapping(PATH)
    @Described(id = "listRepresentatives", summary = "Who acts for an organisation", answers = RepresentativeList.class)
    ResponseEntity<?> list(@PathVariable UUID organisation, Caller caller, Locale reader) {
        return answer(representatives.list(organisation, caller), organisation, reader);
    }

    @PostMapping(PATH)
    @Described(
            id = "appointRepresentative",
            summary = "Let somebody act for an organisation",
            answers = RepresentativeAnswer.class,
            required = "account",
            success = {201, 200})
    ResponseEntity<?> appoint(
            @PathVariable UUID organisation,
            @RequestBody AppointRepresentative appointment,
            Caller caller,
            Locale reader) {
        UUID account = appointment.account();
        return account == null
                ? problems.answer(Problem.invalid(List.of(FieldError.of("#/account", "required"))), reader)
                : answer(representatives.appoint(organisation, account, caller), organisation, reader);
    }

    @DeleteMapping(PATH + "/{account}")
    @Described(
            id = "dismissRepresentative",
            summary = "Let somebody no longer act for an organisation",
            success = 204,
            refuses = 409)
    ResponseEntity<?> dismiss(
            @PathVariable UUID organisation, @PathVariable UUID account, Caller caller, Locale reader) {
        return answer(representatives.dismiss(organisation, account, caller), organisation, reader);
    }

    private ResponseEntity<?> answer(Representatives.Outcome outcome, UUID organisation, Locale reader) {
        return switch (outcome) {
            case Representatives.Outcome.Appointed appointed ->
                ResponseEntity.created(URI.create("/api/v1/organisations/" + organisation + "/representatives/"
                                + appointed.representation().account()))
                        .body(RepresentativeAnswer.of(appointed.representation()));
            case Representatives.Outcome.Unchanged unchanged ->
                ResponseEntity.ok(RepresentativeAnswer.of(unchanged.representation()));
            case Representatives.Outcome.Dismissed _ ->
                ResponseEntity.noContent().build();
            case Representatives.Outcome.Listed listed -> {
                List<RepresentativeAnswer> items = listed.representations().stream()
                        .map(RepresentativeAnswer::of)
                        .toList();
                yield ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie")
                        .body(new RepresentativeList(items, items.size()));
            }
            case Representatives.Outcome.Refused refused -> problems.answer(refused.problem(), reader);
        };
    }
}
