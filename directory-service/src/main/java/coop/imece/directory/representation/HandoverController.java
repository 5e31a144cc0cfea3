package coop.imece.directory.representation;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/organisations/{id}/handover`: the caller's place goes to somebody else.
@RestController
class HandoverController {

    private final RepresentativeChanges changes;
    private final Inviting inviting;
    private final Problems problems;

    HandoverController(RepresentativeChanges changes, Inviting inviting, Problems problems) {
        this.changes = changes;
        this.inviting = inviting;
        this.problems = problems;
    }

    /// @param account of somebody who acts for it already: at once
    /// @param invitation an open one for a representative: as soon as it is accepted
    record Handover(@Nullable UUID account, @Nullable UUID invitation) {}

    @PostMapping("/api/v1/organisations/{organisation}/handover")
    @Described(
            id = "handOver",
            summary = "Let somebody else take your place",
            description = "At once to an account that acts for the organisation already (204), or to whoever accepts an"
                    + " open invitation (202).",
            success = {204, 202},
            refuses = 409)
    ResponseEntity<?> handOver(
            @PathVariable UUID organisation, @RequestBody Handover handover, Caller caller, Locale reader) {
        UUID account = handover.account();
        UUID invitation = handover.invitation();
        if (account != null && invitation == null) {
            return changes.handOver(organisation, account, caller)
                            instanceof RepresentativeChanges.Outcome.Refused(var problem)
                    ? problems.answer(problem, reader)
                    : ResponseEntity.noContent().build();
        }
        if (account == null && invitation != null) {
            return inviting.handOver(organisation, invitation, caller) instanceof Inviting.Outcome.Refused(var problem)
                    ? problems.answer(problem, reader)
                    : ResponseEntity.accepted()
                            .location(
                                    URI.create("/api/v1/organisations/" + organisation + "/invitations/" + invitation))
                            .build();
        }
        FieldError error = account == null
                ? FieldError.of("#/account", "required")
                : FieldError.of("#/invitation", "one-successor");
        return problems.answer(Problem.invalid(List.of(error)), reader);
    }
}
