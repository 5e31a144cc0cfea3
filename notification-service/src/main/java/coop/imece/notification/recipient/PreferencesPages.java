package coop.imece.notification.recipient;

import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Changing or stopping anything, without a password. Each form changes one thing, so nobody's other change is lost and
/// no version needs to travel.
@Controller
class PreferencesPages {

    private static final Set<String> DONE = Set.of("confirmed", "language", "added", "removed", "stopped", "code");

    private final Preferences preferences;
    private final InterestCodes codes;
    private final InterestChoices choices;

    PreferencesPages(Preferences preferences, InterestCodes codes, InterestChoices choices) {
        this.preferences = preferences;
        this.codes = codes;
        this.choices = choices;
    }

    /// One interest in words.
    ///
    /// @param words empty for "everything"
    record Row(UUID id, String words) {}

    @GetMapping("/preferences/{token}")
    String page(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String done,
            Locale locale,
            Model model) {
        model.addAttribute("done", done != null && DONE.contains(done) ? done : null);
        return page(token, Form.empty(), locale, model);
    }

    private String page(String token, Form form, Locale locale, Model model) {
        Preferences.Shown shown = preferences.show(token).orElseThrow(() -> new ProblemException(Problem.notFound()));
        Language reader = Language.of(locale);
        choices.offer(reader, model);
        model.addAttribute("token", token);
        model.addAttribute("self", "/preferences/" + token);
        model.addAttribute(
                "form",
                form.text("language") == null
                        ? form.with("language", shown.language().tag())
                        : form);
        model.addAttribute("shown", shown);
        model.addAttribute("full", shown.interests().size() >= Recipient.MOST_INTERESTS);
        model.addAttribute(
                "interests",
                shown.interests().stream()
                        .map(interest -> new Row(interest.id(), codes.describe(interest.criteria(), reader)))
                        .toList());
        return "recipient/preferences";
    }

    @PostMapping("/preferences/{token}/language")
    Object speak(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return after(preferences.speak(token, form.text("language")), "language", token, form, locale, model, response);
    }

    @PostMapping("/preferences/{token}/interests")
    Object add(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return after(preferences.add(token, InterestChoices.wish(form)), "added", token, form, locale, model, response);
    }

    @PostMapping("/preferences/{token}/removal")
    Object remove(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return after(
                preferences.remove(token, form.value("interest")), "removed", token, form, locale, model, response);
    }

    @PostMapping("/preferences/{token}/stop")
    Object stop(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return after(preferences.stop(token, Consent.Source.WEB), "stopped", token, form, locale, model, response);
    }

    private Object after(
            Preferences.Outcome outcome,
            String done,
            String token,
            Form form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return switch (outcome) {
            case Preferences.Outcome.Changed _, Preferences.Outcome.ChangedMeanwhile _ ->
                SeeOther.to("/preferences/" + token + "?done=" + done);
            case Preferences.Outcome.Refused refused -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield page(token, form.refused(refused.errors()), locale, model);
            }
            case Preferences.Outcome.Unknown _ -> throw new ProblemException(Problem.notFound());
        };
    }

    @PostMapping("/preferences/{token}/code")
    Object sendCode(@PathVariable String token) {
        if (!preferences.sendCode(token)) {
            throw new ProblemException(Problem.notFound());
        }
        return SeeOther.to("/preferences/" + token + "?done=code#data");
    }

    /// A file with everything held, for whoever has the fresh code.
    @PostMapping("/preferences/{token}/export")
    Object export(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return switch (preferences.export(token, form.value("code"))) {
            case Preferences.Proved.Done<Preferences.Export> done ->
                ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("imece.json")
                                        .build()
                                        .toString())
                        .body(done.result());
            case Preferences.Proved.WrongCode<Preferences.Export> _ -> wrongCode(token, form, locale, model, response);
            case Preferences.Proved.Unknown<Preferences.Export> _ -> throw new ProblemException(Problem.notFound());
        };
    }

    @PostMapping("/preferences/{token}/erasure")
    Object erase(@PathVariable String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        return switch (preferences.erase(token, form.value("code"))) {
            case Preferences.Proved.Done<Preferences.Erased> _ -> SeeOther.to("/subscriptions/erased");
            case Preferences.Proved.WrongCode<Preferences.Erased> _ -> wrongCode(token, form, locale, model, response);
            case Preferences.Proved.Unknown<Preferences.Erased> _ -> throw new ProblemException(Problem.notFound());
        };
    }

    @GetMapping("/subscriptions/erased")
    String erased() {
        return "recipient/erased";
    }

    private String wrongCode(String token, Form form, Locale locale, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("done", "code");
        return page(token, form.refused(List.of(FieldError.of("#/code", "code-not-valid"))), locale, model);
    }
}
