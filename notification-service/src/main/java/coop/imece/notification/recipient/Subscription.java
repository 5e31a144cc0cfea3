package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.PendingConfirmation.Request;
import coop.imece.notification.recipient.StoredRecipients.Change;
import coop.imece.platform.store.DayQuota;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Subscribing: takes the request and asks for confirmation. Known or unknown, asked too often or not, the answer and
/// the work are alike. Who loses the mail asks again a day later. When the day's SMS are used up, everybody is told so
/// before their number is looked at.
@Component
final class Subscription {

    /// What the form may have sent to whomever: it is open to everybody, and each costs money.
    private static final String CONFIRMATION_SMS = "confirmation-sms";

    private final SubscriptionRequest.Check check;
    private final StoredRecipients recipients;
    private final Questions questions;
    private final DayQuota quota;
    private final int mostSms;
    private final Clock clock;

    Subscription(
            SubscriptionRequest.Check check,
            StoredRecipients recipients,
            Questions questions,
            DayQuota quota,
            RecipientSettings settings,
            Clock clock) {
        this.check = check;
        this.recipients = recipients;
        this.questions = questions;
        this.quota = quota;
        this.mostSms = settings.confirmationSmsPerDay();
        this.clock = clock;
    }

    /// What came of it.
    sealed interface Outcome {

        /// A confirmation is on its way, unless one waits or there were too many today.
        record Taken(UUID recipient, Channel channel) implements Outcome {}

        /// No SMS for subscriptions leaves today any more, to whomever.
        record SmsUsedUp(Duration untilTomorrow) implements Outcome {

            Problem problem() {
                return Problem.of(429, "sms-used-up").with("Retry-After", Long.toString(untilTomorrow.toSeconds()));
            }
        }

        record Refused(List<FieldError> errors) implements Outcome {}
    }

    /// @param home see [SubscriptionRequest.Check#valid]
    Outcome subscribe(SubscriptionRequest request, @Nullable String home, Consent.Source source) {
        var checks = new Checks();
        SubscriptionRequest.Valid valid = check.valid(request, home, checks);
        if (valid == null) {
            return new Outcome.Refused(checks.errors());
        }
        ContactPoint contact = valid.contact();
        boolean sms = contact.channel() == Channel.SMS;
        if (sms && !quota.anyLeft(CONFIRMATION_SMS, mostSms)) {
            return new Outcome.SmsUsedUp(quota.untilTomorrow());
        }
        var paid = new AtomicBoolean(!sms);
        Optional<UUID> recipient = recipients.changeOrCreate(contact, valid.language(), known -> {
            Instant now = clock.instant();
            var question = questions.subscription(
                    known.id(),
                    contact,
                    valid.language(),
                    new Request(valid.criteria(), valid.language().tag(), valid.textVersion(), source),
                    now);
            if (!known.maySubscribe(contact.channel(), now)) {
                return Change.none(Optional.of(known.id()));
            }
            if (!paid.get() && !quota.take(CONFIRMATION_SMS, mostSms)) {
                return Change.none(Optional.empty());
            }
            paid.set(true);
            known.ask(question.confirmation(), question.message(), now);
            return Change.saved(Optional.of(known.id()));
        });
        return recipient
                .<Outcome>map(id -> new Outcome.Taken(id, contact.channel()))
                .orElseGet(() -> new Outcome.SmsUsedUp(quota.untilTomorrow()));
    }
}
