package coop.imece.directory.representation;

import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// What the link in an invitation leads to: a page that says who invites, for what, and one button. The page changes
/// nothing, because link scanners open links, too.
@Controller
class InvitationPages {

    private final InvitationReading reading;
    private final InvitationAcceptance acceptance;

    InvitationPages(InvitationReading reading, InvitationAcceptance acceptance) {
        this.reading = reading;
        this.acceptance = acceptance;
    }

    /// What the page shows; a template reads nothing of an aggregate.
    record LinkView(
            LocalisedText organisation,
            Invitation.Purpose purpose,
            OrganisationRole role,
            Invitation.State state,
            Instant expiresAt) {

        public boolean open() {
            return state == Invitation.State.OPEN;
        }

        static LinkView of(InvitationReading.Shown shown) {
            return new LinkView(
                    shown.organisation(),
                    shown.invitation().purpose(),
                    shown.invitation().role(),
                    shown.state(),
                    shown.invitation().expiresAt());
        }
    }

    @GetMapping("/invitations/{token}")
    String page(@PathVariable String token, Model model, HttpServletResponse response) {
        return show(token, model, response);
    }

    private String show(String token, Model model, HttpServletResponse response) {
        InvitationReading.Shown shown =
                reading.byLink(token).orElseThrow(() -> new ProblemException(Problem.notFound()));
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("invitation", LinkView.of(shown));
        model.addAttribute("self", "/invitations/" + token);
        model.addAttribute("signIn", signIn(token));
        return "representation/invitation";
    }

    private static String signIn(String token) {
        return "/sign-in?return=" + URLEncoder.encode("/invitations/" + token, StandardCharsets.UTF_8);
    }

    @PostMapping("/invitations/{token}")
    Object accept(@PathVariable String token, Caller caller, Model model, HttpServletResponse response) {
        if (!caller.signedIn()) {
            return SeeOther.to(signIn(token));
        }
        return switch (acceptance.accept(token, caller)) {
            case InvitationAcceptance.Outcome.Accepted(var invitation) ->
                SeeOther.to("/organisations/" + invitation.organisation() + "?done=joined");
            case InvitationAcceptance.Outcome.Refused(var problem) -> {
                if (problem.status() != 409) {
                    throw new ProblemException(problem);
                }
                response.setStatus(409);
                yield show(token, model, response);
            }
        };
    }
}
