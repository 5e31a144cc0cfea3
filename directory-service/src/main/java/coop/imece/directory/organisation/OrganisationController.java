package coop.imece.directory.organisation;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.NeedsScope;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `/organisations`: public to read; its people change it; reviewers verify it.
@RestController
class OrganisationController {

    private static final String PATH = "/api/v1/organisations";
    private static final Set<String> SERVER_OWNED = Set.of("id", "state", "asOf", "confirmedAt", "licence");

    private final OrganisationReading reading;
    private final OrganisationRegistration registration;
    private final OrganisationVerification verification;
    private final Problems problems;
    private final JsonMapper json;

    OrganisationController(
            OrganisationReading reading,
            OrganisationRegistration registration,
            OrganisationVerification verification,
            Problems problems,
            JsonMapper json) {
        this.reading = reading;
        this.registration = registration;
        this.verification = verification;
        this.problems = problems;
        this.json = json;
    }

    record OrganisationList(
            List<OrganisationAnswer> items,
            long total,
            @Nullable String next,
            Map<String, List<OrganisationSearch.FacetValue>> facets) {}

    /// Nothing is asked of whoever verifies.
    record Nothing() {}

    @GetMapping(PATH)
    @Described(
            id = "findOrganisations",
            summary = "Search for organisations",
            description = "Sorted by name, then id, unless `sort=newest`.",
            answers = OrganisationList.class,
            refuses = 403,
            access = Described.Access.EVERYBODY)
    ResponseEntity<OrganisationList> list(OrganisationFilter filter, Caller caller, Locale reader) {
        OrganisationList list = reading.list(filter, PATH, caller, Language.of(reader));
        // Reviewers see more than others.
        return caller.reviewer()
                ? ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie", "Accept-Language")
                        .body(list)
                : ResponseEntity.ok()
                        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePublic())
                        .varyBy("Accept-Language")
                        .body(list);
    }

    @GetMapping(PATH + "/{id}")
    @Described(
            id = "readOrganisation",
            summary = "One organisation",
            answers = OrganisationAnswer.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> one(@PathVariable UUID id, Caller caller, Locale reader) {
        return reading.find(id, caller)
                .<ResponseEntity<?>>map(organisation -> answer(HttpStatus.OK, organisation, caller))
                .orElseGet(() -> problems.answer(Problem.notFound(), reader));
    }

    @PutMapping(PATH + "/{id}")
    @NeedsScope("directory:write")
    @Described(
            id = "writeOrganisation",
            summary = "Register or replace an organisation",
            description = "Whoever registers it is its first representative.",
            takes = OrganisationRequest.class,
            answers = OrganisationAnswer.class,
            success = {201, 200},
            refuses = 409,
            versioned = true)
    ResponseEntity<?> put(
            @PathVariable UUID id,
            @RequestBody OrganisationRequest written,
            IfMatch ifMatch,
            Caller caller,
            Locale reader) {
        return answer(registration.write(id, written, ifMatch, caller), caller, reader);
    }

    @PatchMapping(path = PATH + "/{id}", consumes = "application/merge-patch+json")
    @NeedsScope("directory:write")
    @Described(
            id = "changeOrganisation",
            summary = "Change parts of an organisation",
            takes = OrganisationRequest.class,
            answers = OrganisationAnswer.class,
            refuses = 409,
            versioned = true)
    ResponseEntity<?> patch(
            @PathVariable UUID id, @RequestBody MergePatch patch, IfMatch ifMatch, Caller caller, Locale reader) {
        return answer(
                registration.change(
                        id,
                        present -> patch.applyTo(json, present, OrganisationRequest.class, SERVER_OWNED),
                        ifMatch,
                        caller),
                caller,
                reader);
    }

    @PostMapping(PATH + "/{id}/verification")
    @NeedsScope("network:admin")
    @Described(
            id = "verifyOrganisation",
            summary = "Verify an organisation",
            description = "For reviewers. Verified before is verified: 200.",
            answers = OrganisationAnswer.class,
            success = {201, 200},
            versioned = true)
    ResponseEntity<?> verify(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Nothing nothing,
            IfMatch seen,
            Caller caller,
            Locale reader) {
        return switch (verification.verify(id, seen, caller)) {
            case OrganisationVerification.Outcome.Verified verified ->
                answer(HttpStatus.CREATED, verified.organisation(), caller);
            case OrganisationVerification.Outcome.AlreadyVerified verified ->
                answer(HttpStatus.OK, verified.organisation(), caller);
            case OrganisationVerification.Outcome.Refused refused -> problems.answer(refused.problem(), reader);
        };
    }

    private ResponseEntity<?> answer(OrganisationRegistration.Outcome outcome, Caller caller, Locale reader) {
        return switch (outcome) {
            case OrganisationRegistration.Outcome.Registered registered ->
                answer(HttpStatus.CREATED, registered.organisation(), caller);
            case OrganisationRegistration.Outcome.Changed changed ->
                answer(HttpStatus.OK, changed.organisation(), caller);
            case OrganisationRegistration.Outcome.Unchanged unchanged ->
                answer(HttpStatus.OK, unchanged.organisation(), caller);
            case OrganisationRegistration.Outcome.Refused refused -> problems.answer(refused.problem(), reader);
        };
    }

    private ResponseEntity<OrganisationAnswer> answer(HttpStatus status, Organisation organisation, Caller caller) {
        var answer = ResponseEntity.status(status)
                .eTag(IfMatch.etag(organisation.version()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy("Authorization", "Cookie")
                .contentType(MediaType.APPLICATION_JSON);
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create(PATH + "/" + organisation.id()));
        }
        return answer.body(reading.answer(organisation, caller));
    }
}
