package coop.imece.directory.organisation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Formats;
import coop.imece.platform.page.Link;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// The pages of organisations: find, read, register, change, verify.
@Controller
class OrganisationPages {

    private static final String FORM = "organisation/form";

    private final OrganisationReading reading;
    private final OrganisationRegistration registration;
    private final OrganisationVerification verification;
    private final OrganisationForm forms;
    private final OrganisationViews views;
    private final MessageSource texts;
    private final Formats formats;

    OrganisationPages(
            OrganisationReading reading,
            OrganisationRegistration registration,
            OrganisationVerification verification,
            OrganisationForm forms,
            OrganisationViews views,
            MessageSource texts,
            Formats formats) {
        this.reading = reading;
        this.registration = registration;
        this.verification = verification;
        this.forms = forms;
        this.views = views;
        this.texts = texts;
        this.formats = formats;
    }

    @GetMapping("/organisations")
    String list(OrganisationFilter filter, Caller caller, Model model, Locale reader) {
        model.addAttribute("list", views.list(filter, caller, Language.of(reader)));
        return "organisation/list";
    }

    @GetMapping("/organisations/{id}")
    String one(@PathVariable UUID id, @Nullable String done, Caller caller, Model model, Locale reader) {
        Organisation organisation = found(id, caller);
        OrganisationViews.Detail detail = views.detail(organisation, caller, Language.of(reader));
        model.addAttribute("organisation", detail);
        model.addAttribute("summary", detail.description());
        model.addAttribute("done", done != null && done.matches("registered|saved|verified|joined") ? done : null);
        model.addAttribute("crumbs", crumbs(reader, Link.here(formats.in(reader).text(detail.name()))));
        return "organisation/one";
    }

    @GetMapping("/organisations/new")
    Object blank(Caller caller, Model model, Locale reader) {
        if (!caller.signedIn()) {
            return signIn("/organisations/new");
        }
        Form form = Form.empty()
                .with("id", Ids.v7())
                .with("languages", Language.of(reader).tag());
        return show(form, null, model, reader);
    }

    @PostMapping("/organisations/new")
    Object register(Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        UUID id = id(form);
        OrganisationRegistration.Outcome outcome =
                registration.write(id, forms.read(form, null), new IfMatch(null), caller);
        return switch (outcome) {
            case OrganisationRegistration.Outcome.Registered _ -> see(id, "registered");
            case OrganisationRegistration.Outcome.Changed _ -> see(id, "saved");
            case OrganisationRegistration.Outcome.Unchanged _ -> see(id, "registered");
            case OrganisationRegistration.Outcome.Refused refused ->
                again(form, refused.problem(), null, model, response, reader);
        };
    }

    @GetMapping("/organisations/{id}/edit")
    Object edit(@PathVariable UUID id, Caller caller, Model model, Locale reader) {
        if (!caller.signedIn()) {
            return signIn("/organisations/" + id + "/edit");
        }
        Organisation organisation = found(id, caller);
        if (!views.mayChange(organisation, caller)) {
            throw new ProblemException(Problem.notAllowed());
        }
        return show(forms.filled(organisation), organisation, model, reader);
    }

    @PostMapping("/organisations/{id}/edit")
    Object save(
            @PathVariable UUID id, Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        Organisation present = found(id, caller);
        OrganisationRegistration.Outcome outcome = registration.write(
                id, forms.read(form, present.profile()), new IfMatch("\"" + form.value("version") + "\""), caller);
        return switch (outcome) {
            case OrganisationRegistration.Outcome.Registered _ -> see(id, "saved");
            case OrganisationRegistration.Outcome.Changed _ -> see(id, "saved");
            case OrganisationRegistration.Outcome.Unchanged _ -> see(id, "saved");
            case OrganisationRegistration.Outcome.Refused refused ->
                again(form, refused.problem(), present, model, response, reader);
        };
    }

    @PostMapping("/organisations/{id}/verification")
    Object verify(
            @PathVariable UUID id, Form form, Caller caller, Model model, HttpServletResponse response, Locale reader) {
        var seen = new IfMatch("\"" + form.value("version") + "\"");
        return switch (verification.verify(id, seen, caller)) {
            case OrganisationVerification.Outcome.Verified _ -> see(id, "verified");
            case OrganisationVerification.Outcome.AlreadyVerified _ -> see(id, "verified");
            case OrganisationVerification.Outcome.Refused refused
            when refused.problem().slug().equals("changed-meanwhile") -> {
                response.setStatus(refused.problem().status());
                model.addAttribute("changedMeanwhile", true);
                model.addAttribute("self", "/organisations/" + id);
                yield one(id, null, caller, model, reader);
            }
            case OrganisationVerification.Outcome.Refused refused -> throw new ProblemException(refused.problem());
        };
    }

    private Organisation found(UUID id, Caller caller) {
        return reading.find(id, caller).orElseThrow(() -> new ProblemException(Problem.notFound()));
    }

    private static UUID id(Form form) {
        try {
            return UUID.fromString(form.value("id"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
    }

    /// The form again, with everything that was typed; what no field can mend is a page of its own.
    private String again(
            Form form,
            Problem problem,
            @Nullable Organisation present,
            Model model,
            HttpServletResponse response,
            Locale reader) {
        Form shown = switch (problem.slug()) {
            case "invalid" -> form.refused(forms.at(form, problem.errors()));
            case "name-taken" -> {
                model.addAttribute("taken", "/organisations/" + problem.args().getFirst());
                yield form.refused(List.of(FieldError.of("#/name", "name-taken")));
            }
            // Whoever saves again has been told.
            case "changed-meanwhile", "version-missing" -> {
                if (present == null) {
                    throw new ProblemException(problem);
                }
                yield form.with("version", present.version())
                        .refused(List.of(FieldError.of("#/name", "changed-meanwhile")));
            }
            default -> throw new ProblemException(problem);
        };
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(shown, present, model, reader);
    }

    private String show(Form form, @Nullable Organisation present, Model model, Locale reader) {
        forms.offer(model, form, reader);
        model.addAttribute("editing", present != null);
        model.addAttribute("verified", present != null && present.state() == Organisation.State.VERIFIED);
        model.addAttribute("self", present == null ? "/organisations/new" : "/organisations/" + present.id() + "/edit");
        model.addAttribute("back", present == null ? "/organisations" : "/organisations/" + present.id());
        model.addAttribute(
                "crumbs",
                present == null
                        ? crumbs(reader, Link.here(texts.getMessage("organisation.new.title", null, reader)))
                        : crumbs(
                                reader,
                                new Link(
                                        "/organisations/" + present.id(),
                                        formats.in(reader)
                                                .text(present.profile().name())),
                                Link.here(texts.getMessage("organisation.edit", null, reader))));
        return FORM;
    }

    private List<Link> crumbs(Locale reader, Link... rest) {
        var crumbs = new java.util.ArrayList<Link>();
        crumbs.add(new Link("/organisations", texts.getMessage("organisation.list.title", null, reader)));
        crumbs.addAll(List.of(rest));
        return crumbs;
    }

    private static View see(UUID id, String done) {
        return SeeOther.to("/organisations/" + id + "?done=" + done);
    }

    private static View signIn(String back) {
        return SeeOther.to("/sign-in?return=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
    }
}
