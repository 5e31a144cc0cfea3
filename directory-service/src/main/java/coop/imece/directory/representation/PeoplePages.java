package coop.imece.directory.representation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// The people of an organisation: who acts for it, who is invited. Each form changes one thing; what cannot be undone
/// by oneself is asked about on a page of its own, which names the loss.
@Controller
class PeoplePages {

    private static final String PATH = "/organisations/{organisation}/people";
    private static final List<String> DONE = List.of("role", "dismissed", "invited", "withdrawn", "handover");

    private final RepresentativeChanges changes;
    private final Inviting inviting;
    private final InvitedAddresses addresses;
    private final PeopleViews views;

    PeoplePages(RepresentativeChanges changes, Inviting inviting, InvitedAddresses addresses, PeopleViews views) {
        this.changes = changes;
        this.inviting = inviting;
        this.addresses = addresses;
        this.views = views;
    }

    @GetMapping(PATH)
    Object people(@PathVariable UUID organisation, @Nullable String done, Caller caller, Model model, Locale reader) {
        if (!caller.signedIn()) {
            return signIn(organisation);
        }
        model.addAttribute("done", done != null && DONE.contains(done) ? done : null);
        return show(organisation, blank(reader), caller, model, reader);
    }

    private static Form blank(Locale reader) {
        return Form.empty()
                .with("id", Ids.v7())
                .with("role", OrganisationRole.EDITOR)
                .with("language", Language.of(reader).tag());
    }

    private String show(UUID organisation, Form form, Caller caller, Model model, Locale reader) {
        model.addAttribute("form", form);
        model.addAttribute("self", "/organisations/" + organisation + "/people");
        return views.people(organisation, caller, model, reader);
    }

    @PostMapping(PATH + "/{account}/role")
    Object change(
            @PathVariable UUID organisation,
            @PathVariable UUID account,
            Form form,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        OrganisationRole role = role(form).orElseThrow(() -> new ProblemException(Problem.of(400, "malformed")));
        IfMatch version = new IfMatch("\"" + form.value("version") + "\"");
        return changes.changeRole(organisation, account, _ -> role, version, caller)
                        instanceof RepresentativeChanges.Outcome.Refused(var problem)
                ? refused(organisation, problem, caller, model, response, reader)
                : see(organisation, "role");
    }

    private static Optional<OrganisationRole> role(Form form) {
        return Arrays.stream(OrganisationRole.values())
                .filter(role -> form.chosen("role", role.name()))
                .findFirst();
    }

    @GetMapping(PATH + "/{account}/dismissal")
    Object askDismissal(
            @PathVariable UUID organisation, @PathVariable UUID account, Caller caller, Model model, Locale reader) {
        return ask("dismissal", organisation, account, caller, model, reader);
    }

    @PostMapping(PATH + "/{account}/dismissal")
    Object dismiss(
            @PathVariable UUID organisation,
            @PathVariable UUID account,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        if (changes.dismiss(organisation, account, caller)
                instanceof RepresentativeChanges.Outcome.Refused(var problem)) {
            return refused(organisation, problem, caller, model, response, reader);
        }
        return account.equals(caller.account()) ? SeeOther.to("/desk") : see(organisation, "dismissed");
    }

    @GetMapping(PATH + "/{account}/handover")
    Object askHandover(
            @PathVariable UUID organisation, @PathVariable UUID account, Caller caller, Model model, Locale reader) {
        return ask("handover", organisation, account, caller, model, reader);
    }

    @PostMapping(PATH + "/{account}/handover")
    Object handOver(
            @PathVariable UUID organisation,
            @PathVariable UUID account,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        return changes.handOver(organisation, account, caller)
                        instanceof RepresentativeChanges.Outcome.Refused(var problem)
                ? refused(organisation, problem, caller, model, response, reader)
                : SeeOther.to("/desk");
    }

    private Object ask(String question, UUID organisation, UUID account, Caller caller, Model model, Locale reader) {
        if (!caller.signedIn()) {
            return signIn(organisation);
        }
        return switch (changes.find(organisation, account, caller)) {
            case RepresentativeChanges.Outcome.Present(var representation) ->
                views.question(question, representation, caller, model, reader);
            case RepresentativeChanges.Outcome.Refused(var problem) -> throw new ProblemException(problem);
            case RepresentativeChanges.Outcome other -> throw new IllegalStateException(other.toString());
        };
    }

    @PostMapping(PATH + "/invitations")
    Object invite(
            @PathVariable UUID organisation,
            Form form,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        Checks checks = new Checks();
        Optional<InvitedAddress> address = addresses.typed(form.value("address"), Language.of(reader), checks);
        Optional<OrganisationRole> role = role(form);
        checks.require(role.isPresent(), "#/role", "required");
        Language language = Language.of(form.value("language")).orElse(Language.of(reader));
        if (checks.failed() || address.isEmpty() || role.isEmpty()) {
            return again(organisation, form.refused(checks.errors()), caller, model, response, reader);
        }
        return inviting.invite(id(form), organisation, address.get(), role.get(), language, caller)
                        instanceof Inviting.Outcome.Refused(var problem)
                ? refused(organisation, problem, caller, model, response, reader)
                : see(organisation, "invited");
    }

    private static UUID id(Form form) {
        try {
            return UUID.fromString(form.value("id"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
    }

    @PostMapping(PATH + "/invitations/{invitation}/withdrawal")
    Object withdraw(
            @PathVariable UUID organisation,
            @PathVariable UUID invitation,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        return inviting.withdraw(organisation, invitation, caller) instanceof Inviting.Outcome.Refused(var problem)
                ? refused(organisation, problem, caller, model, response, reader)
                : see(organisation, "withdrawn");
    }

    @PostMapping(PATH + "/invitations/{invitation}/handover")
    Object handOverByInvitation(
            @PathVariable UUID organisation,
            @PathVariable UUID invitation,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        return inviting.handOver(organisation, invitation, caller) instanceof Inviting.Outcome.Refused(var problem)
                ? refused(organisation, problem, caller, model, response, reader)
                : see(organisation, "handover");
    }

    private String again(
            UUID organisation, Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        response.setStatus(422);
        return show(organisation, form, caller, model, reader);
    }

    /// What the rules refuse is said on the page it was tried on; who may not be there sees the problem alone.
    private String refused(
            UUID organisation,
            Problem problem,
            Caller caller,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        if (problem.status() != 409 && problem.status() != 412 && problem.status() != 429) {
            throw new ProblemException(problem);
        }
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        views.refusal(problem, model, reader);
        return show(organisation, blank(reader), caller, model, reader);
    }

    private static View see(UUID organisation, String done) {
        return SeeOther.to("/organisations/" + organisation + "/people?done=" + done);
    }

    private static View signIn(UUID organisation) {
        return SeeOther.to("/sign-in?return="
                + URLEncoder.encode("/organisations/" + organisation + "/people", StandardCharsets.UTF_8));
    }
}
