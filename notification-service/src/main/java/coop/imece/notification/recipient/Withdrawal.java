package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.StoredRecipients.Change;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Stopping: counts from this write on.
@Component
final class Withdrawal {

    private final StopTokens tokens;
    private final Addressees addressees;
    private final StoredRecipients recipients;
    private final Clock clock;

    Withdrawal(StopTokens tokens, Addressees addressees, StoredRecipients recipients, Clock clock) {
        this.tokens = tokens;
        this.addressees = addressees;
        this.recipients = recipients;
        this.clock = clock;
    }

    enum Outcome {
        STOPPED,
        /// The subscription the token belongs to was erased since: nothing of it is left to stop. Whoever subscribed
        /// again is somebody new, whom the token does not know.
        ERASED,
        /// The token is not ours.
        UNKNOWN
    }

    /// Whether the token is one of ours; changes nothing.
    boolean knows(String token) {
        return tokens.delivery(token).flatMap(addressees::of).isPresent();
    }

    /// Whether what the token belongs to was erased since; changes nothing.
    boolean erased(String token) {
        return tokens.delivery(token)
                .flatMap(addressees::of)
                .filter(addressee -> recipients.find(addressee.recipient()).isEmpty())
                .isPresent();
    }

    /// Stops what a message with this token belongs to. Stopped before is stopped.
    Outcome stop(String token, Consent.Source source) {
        return tokens.delivery(token)
                .flatMap(addressees::of)
                .map(addressee -> recipients
                        .change(addressee.recipient(), known -> stopped(known, addressee.channel(), source))
                        .map(_ -> Outcome.STOPPED)
                        .orElse(Outcome.ERASED))
                .orElse(Outcome.UNKNOWN);
    }

    /// Stops the number; false if nobody subscribed with it.
    boolean stop(ContactPoint phone, Consent.Source source) {
        return recipients
                .change(phone, known -> stopped(known, phone.channel(), source))
                .orElse(false);
    }

    private Change<Boolean> stopped(Recipient recipient, Channel channel, Consent.Source source) {
        boolean changed = recipient.stop(channel, source, clock.instant());
        return new Change<>(changed, changed);
    }
}
