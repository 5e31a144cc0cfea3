package coop.imece.notification.recipient;

import coop.imece.notification.recipient.StoredRecipients.Change;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Confirming what was asked for: the second half of the double opt-in. Wrong, used up, too old and never heard of are
/// one answer.
@Component
final class Confirmation {

    private final StoredRecipients recipients;
    private final Questions questions;
    private final Clock clock;

    Confirmation(StoredRecipients recipients, Questions questions, Clock clock) {
        this.recipients = recipients;
        this.questions = questions;
        this.clock = clock;
    }

    /// The recipient whose consent stands now, or empty.
    Optional<UUID> byToken(String token) {
        return Questions.recipient(token)
                .flatMap(id -> recipients
                        .change(id, recipient -> {
                            boolean confirmed = recipient.confirmByToken(questions.proof(id, token), clock.instant());
                            return new Change<>(
                                    confirmed, confirmed && !recipient.raised().isEmpty());
                        })
                        .filter(confirmed -> confirmed)
                        .map(_ -> id));
    }

    /// The recipient whose consent stands now, or empty; a wrong code is counted.
    Optional<UUID> byCode(ContactPoint phone, String code) {
        return recipients.change(phone, recipient -> byCode(recipient, code)).flatMap(found -> found);
    }

    /// The same for the recipient that was just asked.
    Optional<UUID> byCode(UUID asked, String code) {
        return recipients.change(asked, recipient -> byCode(recipient, code)).flatMap(found -> found);
    }

    private Change<Optional<UUID>> byCode(Recipient recipient, String code) {
        boolean confirmed = recipient.confirmByCode(questions.proof(recipient.id(), code.strip()), clock.instant());
        return Change.saved(confirmed ? Optional.of(recipient.id()) : Optional.empty());
    }
}
