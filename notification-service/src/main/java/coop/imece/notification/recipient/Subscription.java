package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.PendingConfirmation.Request;
import coop.imece.notification.recipient.StoredRecipients.Change;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Subscribing: takes the request and asks for confirmation. Known or unknown, asked too often or not, the answer and
/// the work are alike.
@Component
final class Subscription {

    private final SubscriptionRequest.Check check;
    private final StoredRecipients recipients;
    private final Questions questions;
    private final Clock clock;

    Subscription(SubscriptionRequest.Check check, StoredRecipients recipients, Questions questions, Clock clock) {
        this.check = check;
        this.recipients = recipients;
        this.questions = questions;
        this.clock = clock;
    }

    /// What came of it.
    sealed interface Outcome {

        /// A confirmation is on its way, unless there were too many today.
        record Taken(UUID recipient, Channel channel) implements Outcome {}

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
        UUID recipient = recipients.changeOrCreate(contact, valid.language(), known -> {
            Instant now = clock.instant();
            var question = questions.subscription(
                    known.id(),
                    contact,
                    valid.language(),
                    new Request(valid.criteria(), valid.language().tag(), valid.textVersion(), source),
                    now);
            if (!known.mayBeAsked(now)) {
                return Change.none(known.id());
            }
            known.ask(question.confirmation(), question.message(), now);
            return Change.saved(known.id());
        });
        return new Outcome.Taken(recipient, contact.channel());
    }
}
