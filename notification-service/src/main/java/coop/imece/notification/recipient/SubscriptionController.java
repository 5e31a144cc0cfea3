package coop.imece.notification.recipient;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Subscribing without an account. Nobody learns here whether an address is known.
@RestController
class SubscriptionController {

    private final Subscription subscription;
    private final Confirmation confirmation;
    private final SubscriptionRequest.Check check;
    private final Problems problems;

    SubscriptionController(
            Subscription subscription, Confirmation confirmation, SubscriptionRequest.Check check, Problems problems) {
        this.subscription = subscription;
        this.confirmation = confirmation;
        this.check = check;
        this.problems = problems;
    }

    @PostMapping("/api/v1/subscriptions")
    @Described(
            id = "subscribe",
            summary = "Ask for announcements",
            description = "The answer is the same for known and unknown addresses. While the link of the last 24 hours"
                    + " waits to be confirmed, no other mail is sent. 429 when the day's SMS are used up, whatever the"
                    + " number.",
            required = {"address", "language", "consent"},
            success = 202,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> subscribe(@RequestBody SubscriptionRequest request, Locale locale) {
        return switch (subscription.subscribe(request, null, Consent.Source.API)) {
            case Subscription.Outcome.Taken _ -> ResponseEntity.accepted().build();
            case Subscription.Outcome.SmsUsedUp usedUp -> problems.answer(usedUp.problem(), locale);
            case Subscription.Outcome.Refused refused -> problems.answer(Problem.invalid(refused.errors()), locale);
        };
    }

    @PostMapping("/api/v1/subscriptions/confirmation")
    @Described(
            id = "confirmSubscription",
            summary = "Confirm by the token of the link, or by number and code",
            answers = Confirmed.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> confirm(@RequestBody Answer answer, Locale locale) {
        var checks = new Checks();
        Optional<UUID> confirmed = confirmed(answer, checks);
        if (checks.failed()) {
            return problems.answer(Problem.invalid(checks.errors()), locale);
        }
        return confirmed.isPresent()
                ? ResponseEntity.ok(new Confirmed("CONFIRMED"))
                : problems.answer(Problem.invalid(List.of(answer.refusal())), locale);
    }

    private Optional<UUID> confirmed(Answer answer, Checks checks) {
        if (answer.token() != null) {
            checks.require(answer.phone() == null && answer.code() == null, "#/token", "token-or-code");
            return checks.failed() ? Optional.empty() : confirmation.byToken(answer.token());
        }
        ContactPoint phone = check.phone(answer.phone(), "#/phone", null, checks);
        String code = answer.code();
        checks.require(code != null && !code.isBlank(), "#/code", "required");
        return phone == null || code == null || checks.failed() ? Optional.empty() : confirmation.byCode(phone, code);
    }

    /// What proves that somebody reads an address: the token of the link, or number and code.
    record Answer(
            @Nullable String token,
            @Nullable String phone,
            @Nullable String code) {

        FieldError refusal() {
            return token != null
                    ? FieldError.of("#/token", "link-not-valid")
                    : FieldError.of("#/code", "code-not-valid");
        }

        @Override
        public String toString() {
            return "Answer[…]";
        }
    }

    record Confirmed(String state) {}
}
