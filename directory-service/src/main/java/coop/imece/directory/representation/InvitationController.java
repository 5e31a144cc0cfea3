package coop.imece.directory.representation;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.NewId;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/// `/organisations/{id}/invitations` for those who invite, `/invitations/{token}` for those who are invited.
@RestController
class InvitationController {

    private static final String ORGANISATION = "/api/v1/organisations/{organisation}";
    private static final String LINK = "/api/v1/invitations/{token}";

    private final Inviting inviting;
    private final InvitationReading reading;
    private final InvitationAcceptance acceptance;
    private final InvitedAddresses addresses;
    private final Problems problems;

    InvitationController(
            Inviting inviting,
            InvitationReading reading,
            InvitationAcceptance acceptance,
            InvitedAddresses addresses,
            Problems problems) {
        this.inviting = inviting;
        this.reading = reading;
        this.acceptance = acceptance;
        this.addresses = addresses;
        this.problems = problems;
    }

    /// @param email where it goes, or
    /// @param phone where it goes; one of the two
    /// @param role by default a representative
    /// @param language of the message; by default the caller's
    record InvitationRequest(
            @Nullable String email,
            @Nullable String phone,
            @Nullable OrganisationRole role,
            @Nullable String language) {

        /// Without the address.
        @Override
        public String toString() {
            return "InvitationRequest[" + role + "]";
        }
    }

    /// @param to the address as it may be shown
    record InvitationAnswer(
            UUID id, String to, OrganisationRole role, String language, UUID invitedBy, Instant expiresAt) {

        static InvitationAnswer of(Invitation invitation) {
            return new InvitationAnswer(
                    invitation.id(),
                    invitation.masked(),
                    invitation.role(),
                    invitation.language(),
                    invitation.invitedBy(),
                    invitation.expiresAt());
        }
    }

    record InvitationList(List<InvitationAnswer> items, int total) {}

    /// What the link leads to.
    record LinkAnswer(
            UUID organisation,
            LocalisedText name,
            OrganisationRole role,
            Invitation.Purpose purpose,
            Invitation.State state,
            Instant expiresAt) {}

    record Joined(UUID organisation, OrganisationRole role) {}

    @GetMapping(ORGANISATION + "/invitations")
    @Described(id = "listInvitations", summary = "Open invitations, newest first", answers = InvitationList.class)
    ResponseEntity<?> list(@PathVariable UUID organisation, Caller caller, Locale reader) {
        return answer(inviting.list(organisation, caller), organisation, reader);
    }

    @PostMapping(ORGANISATION + "/invitations")
    @Described(
            id = "invite",
            summary = "Invite somebody to act for an organisation",
            description = "To an e-mail address or to a mobile number; the link works once, within 14 days.",
            answers = InvitationAnswer.class,
            success = {201, 200},
            refuses = 409)
    ResponseEntity<?> invite(
            @PathVariable UUID organisation,
            @RequestBody InvitationRequest request,
            NewId id,
            Caller caller,
            Locale reader) {
        Checks checks = new Checks();
        Optional<InvitedAddress> address = addresses.of(request.email(), request.phone(), checks);
        Optional<Language> language =
                request.language() == null ? Optional.of(Language.of(reader)) : Language.of(request.language());
        checks.require(language.isPresent(), "#/language", "invalid-language");
        if (checks.failed() || address.isEmpty() || language.isEmpty()) {
            return problems.answer(Problem.invalid(checks.errors()), reader);
        }
        OrganisationRole role = request.role() == null ? OrganisationRole.REPRESENTATIVE : request.role();
        return answer(
                inviting.invite(id.value(), organisation, address.get(), role, language.get(), caller),
                organisation,
                reader);
    }

    @DeleteMapping(ORGANISATION + "/invitations/{invitation}")
    @Described(id = "withdrawInvitation", summary = "Withdraw an invitation", success = 204, refuses = 409)
    ResponseEntity<?> withdraw(
            @PathVariable UUID organisation, @PathVariable UUID invitation, Caller caller, Locale reader) {
        return answer(inviting.withdraw(organisation, invitation, caller), organisation, reader);
    }

    private ResponseEntity<?> answer(Inviting.Outcome outcome, UUID organisation, Locale reader) {
        return switch (outcome) {
            case Inviting.Outcome.Invited(var invitation) ->
                ResponseEntity.created(
                                URI.create("/api/v1/organisations/" + organisation + "/invitations/" + invitation.id()))
                        .body(InvitationAnswer.of(invitation));
            case Inviting.Outcome.Present(var invitation) -> ResponseEntity.ok(InvitationAnswer.of(invitation));
            case Inviting.Outcome.Done _ -> ResponseEntity.noContent().build();
            case Inviting.Outcome.Listed(var invitations) -> {
                List<InvitationAnswer> items =
                        invitations.stream().map(InvitationAnswer::of).toList();
                yield ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .varyBy("Authorization", "Cookie")
                        .body(new InvitationList(items, items.size()));
            }
            case Inviting.Outcome.Refused(var problem) -> problems.answer(problem, reader);
        };
    }

    @GetMapping(LINK)
    @Described(
            id = "readInvitation",
            summary = "What the link in an invitation leads to",
            answers = LinkAnswer.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> show(@PathVariable String token, Locale reader) {
        return reading.byLink(token)
                .<ResponseEntity<?>>map(shown -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new LinkAnswer(
                                shown.invitation().organisation(),
                                shown.organisation(),
                                shown.invitation().role(),
                                shown.invitation().purpose(),
                                shown.state(),
                                shown.invitation().expiresAt())))
                .orElseGet(() -> problems.answer(Problem.notFound(), reader));
    }

    /// A GET of the link changes nothing: link scanners open links.
    @PostMapping(LINK + "/acceptance")
    @Described(
            id = "acceptInvitation",
            summary = "Accept an invitation",
            answers = Joined.class,
            success = 201,
            refuses = 409)
    ResponseEntity<?> accept(@PathVariable String token, Caller caller, Locale reader) {
        return switch (acceptance.accept(token, caller)) {
            case InvitationAcceptance.Outcome.Accepted(var invitation) ->
                ResponseEntity.status(201)
                        .location(URI.create("/api/v1/organisations/" + invitation.organisation()))
                        .body(new Joined(invitation.organisation(), invitation.role()));
            case InvitationAcceptance.Outcome.Refused(var problem) -> problems.answer(problem, reader);
        };
    }
}
