package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.consent.ConsentTexts;
import coop.imece.notification.key.KeyedHashes;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.SeeOther;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Subscribing in a minute without an account: the form, and the two ways to confirm.
@Controller
class SubscriptionPages {

    private static final Duration ASKED_VALID = Duration.ofHours(1);
    private static final Map<Language, String> HOMES =
            Map.of(Language.TR, "TR", Language.SL, "SI", Language.HE, "IL", Language.IT, "IT");

    private final Subscription subscription;
    private final Confirmation confirmation;
    private final SubscriptionRequest.Check check;
    private final PreferenceTokens preferenceTokens;
    private final ConsentTexts texts;
    private final InterestChoices choices;
    private final DatedTokens asked;

    SubscriptionPages(
            Subscription subscription,
            Confirmation confirmation,
            SubscriptionRequest.Check check,
            PreferenceTokens preferenceTokens,
            ConsentTexts texts,
            InterestChoices choices,
            KeyedHashes hashes,
            Clock clock) {
        this.subscription = subscription;
        this.confirmation = confirmation;
        this.check = check;
        this.preferenceTokens = preferenceTokens;
        this.texts = texts;
        this.choices = choices;
        this.asked = new DatedTokens(hashes, clock, "asked", ASKED_VALID);
    }

    /// The form; other pages may link here with what they show already chosen.
    @GetMapping("/subscriptions")
    String form(
            @RequestParam(required = false) @Nullable List<String> kind,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable List<String> topic,
            Locale locale,
            Model model) {
        return form(
                Form.empty()
                        .with("channel", Channel.EMAIL)
                        .with("language", Language.of(locale).tag())
                        .with("criteria.kinds", kind)
                        .with("criteria.regions", region)
                        .with("criteria.topics", topic),
                locale,
                model);
    }

    private String form(Form form, Locale locale, Model model) {
        Language reader = Language.of(locale);
        choices.offer(reader, model);
        model.addAttribute("form", form);
        model.addAttribute("consentEmail", texts.current(Channel.EMAIL, reader));
        model.addAttribute("consentSms", texts.current(Channel.SMS, reader));
        return "recipient/subscribe";
    }

    @PostMapping("/subscriptions")
    Object subscribe(Form form, Locale locale, Model model, HttpServletResponse response) {
        boolean sms = form.chosen("channel", Channel.SMS.name());
        var request = new SubscriptionRequest(
                new SubscriptionRequest.Address(
                        sms ? null : form.value("address.email"), sms ? form.value("address.phone") : null),
                form.text("language"),
                InterestChoices.wish(form),
                null,
                new SubscriptionRequest.Agreement(form.text("consent.textVersion")));
        return switch (subscription.subscribe(request, home(locale), Consent.Source.WEB)) {
            case Subscription.Outcome.Taken taken ->
                SeeOther.to(
                        taken.channel() == Channel.SMS
                                ? "/subscriptions/confirmation?asked=" + asked.token(taken.recipient())
                                : "/subscriptions/sent");
            case Subscription.Outcome.SmsUsedUp usedUp -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                usedUp.problem().headers().forEach(response::setHeader);
                yield form(form.refused(List.of(FieldError.of("#/address/phone", "sms-used-up"))), locale, model);
            }
            case Subscription.Outcome.Refused refused -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield form(form.refused(refused.errors()), locale, model);
            }
        };
    }

    private static @Nullable String home(Locale locale) {
        return HOMES.get(Language.of(locale));
    }

    @GetMapping("/subscriptions/sent")
    String sent() {
        return "recipient/sent";
    }

    /// A page with a button for the link in a mail, a field for the code of an SMS. Opening it confirms nothing.
    @GetMapping("/subscriptions/confirmation")
    String confirmation(
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(name = "asked", required = false) @Nullable String justAsked,
            Model model) {
        model.addAttribute("form", Form.empty().with("token", token).with("asked", justAsked));
        return "recipient/confirmation";
    }

    @PostMapping("/subscriptions/confirmation")
    Object confirm(Form form, Locale locale, Model model, HttpServletResponse response) {
        var checks = new Checks();
        Optional<UUID> confirmed = confirmed(form, locale, checks);
        if (confirmed.isPresent()) {
            return SeeOther.to("/preferences/" + preferenceTokens.token(confirmed.get()) + "?done=confirmed");
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("form", form.refused(checks.errors()));
        return "recipient/confirmation";
    }

    private Optional<UUID> confirmed(Form form, Locale locale, Checks checks) {
        if (form.text("token") != null) {
            return refusing(confirmation.byToken(form.value("token").strip()), "#/token", "link-not-valid", checks);
        }
        String code = form.text("code");
        Optional<UUID> justAsked = asked.id(form.value("asked"));
        ContactPoint phone =
                justAsked.isPresent() ? null : check.phone(form.text("phone"), "#/phone", home(locale), checks);
        checks.require(code != null, "#/code", "required");
        if (code == null || checks.failed()) {
            return Optional.empty();
        }
        Optional<UUID> confirmed =
                phone == null ? confirmation.byCode(justAsked.orElseThrow(), code) : confirmation.byCode(phone, code);
        return refusing(confirmed, "#/code", "code-not-valid", checks);
    }

    private static Optional<UUID> refusing(Optional<UUID> confirmed, String pointer, String error, Checks checks) {
        checks.require(confirmed.isPresent(), pointer, error);
        return confirmed;
    }
}
