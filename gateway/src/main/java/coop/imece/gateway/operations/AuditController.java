package coop.imece.gateway.operations;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.ProblemException;
import coop.imece.platform.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// `/operations/audit`: newest first, then by id; see [AuditReading] for who may read what.
@RestController
class AuditController {

    static final String PATH = "/api/v1/operations/audit";

    private final AuditReading audit;

    AuditController(AuditReading audit) {
        this.audit = audit;
    }

    record Answer(
            List<AuditReading.Entry> items,
            long total,
            @Nullable String next) {}

    @GetMapping(PATH)
    @QueryParameters({
        "account",
        "organisation",
        "client",
        "subject",
        "service",
        "operation",
        "from",
        "to",
        "limit",
        "cursor"
    })
    @Described(
            id = "readAudit",
            summary = "Who did what, for whom and when",
            description = "Newest first, then by id. Administrators read all of it; a representative names the own"
                    + " `organisation`. `from` and `to` are times or whole days; `total` counts up to 100,000.",
            answers = Answer.class)
    ResponseEntity<Answer> list(Caller caller, HttpServletRequest request) {
        return switch (audit.read(AuditParameters.of(request).query(), caller)) {
            case AuditReading.Outcome.Refused refused -> throw new ProblemException(refused.problem());
            case AuditReading.Outcome.Found found ->
                ResponseEntity.ok()
                        .header("Cache-Control", "private, no-cache")
                        .header("Vary", "Authorization, Cookie")
                        .body(new Answer(found.items(), found.total(), next(PATH, request, found.next())));
        };
    }

    /// The address of the next page: the same question, continued.
    static @Nullable String next(String path, HttpServletRequest request, AuditQuery.@Nullable Cursor next) {
        return next == null
                ? null
                : UriComponentsBuilder.fromPath(path)
                        .query(request.getQueryString())
                        .replaceQueryParam("cursor", next.encoded())
                        .build()
                        .toUriString();
    }
}
