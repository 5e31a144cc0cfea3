package coop.imece.directory.organisation;

import coop.imece.directory.representation.InvitedAddress;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problems;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/organisations/{id}/claims`: for organisations nobody represents.
@RestController
class OrganisationClaimController {

    private static final String PATH = "/api/v1/organisations/{id}/claims";

    private final OrganisationClaim claim;
    private final Problems problems;

    OrganisationClaimController(OrganisationClaim claim, Problems problems) {
        this.claim = claim;
        this.problems = problems;
    }

    /// @param contactPoint the number of one of those offered; may be missing if there is but one
    record ClaimRequest(@Nullable Integer contactPoint) {}

    record ClaimWay(int contactPoint, InvitedAddress.Channel channel, String to) {}

    record ClaimWays(List<ClaimWay> items, int total) {}

    record ClaimSent(String to) {}

    @GetMapping(PATH)
    @Described(
            id = "findClaimWays",
            summary = "Where the link of a claim can be sent",
            answers = ClaimWays.class,
            refuses = 409)
    ResponseEntity<?> ways(@PathVariable UUID id, Caller caller, Locale reader) {
        return answer(claim.ways(id, caller), reader);
    }

    @PostMapping(PATH)
    @Described(
            id = "claimOrganisation",
            summary = "Claim an organisation nobody represents",
            description =
                    "A link goes to a contact point of the organisation; whoever opens it and accepts represents it.",
            answers = ClaimSent.class,
            success = 202,
            refuses = 409)
    ResponseEntity<?> claim(@PathVariable UUID id, @RequestBody ClaimRequest request, Caller caller, Locale reader) {
        return answer(claim.claim(id, request.contactPoint(), Language.of(reader), caller), reader);
    }

    private ResponseEntity<?> answer(OrganisationClaim.Outcome outcome, Locale reader) {
        return switch (outcome) {
            case OrganisationClaim.Outcome.Offered(var ways) -> {
                List<ClaimWay> items = ways.stream()
                        .map(way -> new ClaimWay(way.number(), way.channel(), way.masked()))
                        .toList();
                yield ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new ClaimWays(items, items.size()));
            }
            case OrganisationClaim.Outcome.Sent(var to) ->
                ResponseEntity.accepted().body(new ClaimSent(to));
            case OrganisationClaim.Outcome.Refused(var problem) -> problems.answer(problem, reader);
        };
    }
}
