package coop.imece.directory.organisation;

import coop.imece.platform.page.Form;
import coop.imece.platform.page.Formats;
import coop.imece.platform.page.Link;
import coop.imece.platform.page.Option;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// The page on which somebody claims an organisation nobody represents.
@Controller
class OrganisationClaimPages {

    private static final String PATH = "/organisations/{id}/claim";

    private final OrganisationClaim claim;
    private final OrganisationReading reading;
    private final MessageSource texts;
    private final Formats formats;

    OrganisationClaimPages(OrganisationClaim claim, OrganisationReading reading, MessageSource texts, Formats formats) {
        this.claim = claim;
        this.reading = reading;
        this.texts = texts;
        this.formats = formats;
    }

    @GetMapping(PATH)
    Object page(@PathVariable UUID id, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        return caller.signedIn()
                ? show(id, Form.empty(), caller, model, response, reader)
                : SeeOther.to("/sign-in?return="
                        + URLEncoder.encode("/organisations/" + id + "/claim", StandardCharsets.UTF_8));
    }

    @PostMapping(PATH)
    Object claim(
            @PathVariable UUID id, Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        return switch (claim.claim(id, number(form), Language.of(reader), caller)) {
            case OrganisationClaim.Outcome.Refused(var problem)
            when problem.status() == 422 -> {
                response.setStatus(422);
                yield show(id, form.refused(problem.errors()), caller, model, response, reader);
            }
            case OrganisationClaim.Outcome.Refused(var problem) -> throw new ProblemException(problem);
            case OrganisationClaim.Outcome.Sent(var to) -> {
                model.addAttribute("to", to);
                model.addAttribute("form", form);
                yield rendered(id, caller, model, response, reader);
            }
            case OrganisationClaim.Outcome.Offered other -> throw new IllegalStateException(other.toString());
        };
    }

    private static @Nullable Integer number(Form form) {
        String text = form.value("contactPoint");
        return text.matches("\\d{1,3}") ? Integer.valueOf(text) : null;
    }

    private String show(UUID id, Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        return switch (claim.ways(id, caller)) {
            case OrganisationClaim.Outcome.Offered(var ways) -> {
                model.addAttribute(
                        "ways",
                        ways.stream()
                                .map(way -> new Option(Integer.toString(way.number()), way.masked()))
                                .toList());
                model.addAttribute(
                        "form",
                        ways.size() == 1
                                ? form.with("contactPoint", ways.getFirst().number())
                                : form);
                yield rendered(id, caller, model, response, reader);
            }
            case OrganisationClaim.Outcome.Refused(var problem) -> throw new ProblemException(problem);
            case OrganisationClaim.Outcome.Sent other -> throw new IllegalStateException(other.toString());
        };
    }

    private String rendered(UUID id, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        Organisation organisation =
                reading.find(id, caller).orElseThrow(() -> new ProblemException(Problem.notFound()));
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("name", organisation.profile().name());
        model.addAttribute("back", "/organisations/" + id);
        model.addAttribute("self", "/organisations/" + id + "/claim");
        model.addAttribute(
                "crumbs",
                List.of(
                        new Link("/organisations", texts.getMessage("organisation.list.title", null, reader)),
                        new Link(
                                "/organisations/" + id,
                                formats.in(reader).text(organisation.profile().name())),
                        Link.here(texts.getMessage("organisation.claim.title", null, reader))));
        return "organisation/claim";
    }
}
