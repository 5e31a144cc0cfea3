package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.StoredRecipients.Change;
import java.time.Clock;
import java.util.UUID;
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
        /// The token is not ours.
        UNKNOWN
    }

    /// Whether the token is one of ours; changes nothing.
    boolean knows(String token) {
        return tokens.delivery(token).flatMap(addressees::of).isPresent();
    }

    /// Stops what a message with this token belongs to. Stopped before, or erased since, is stopped.
    Outcome stop(String token, Consent.Source source) {
        return tokens.delivery(token)
                .flatMap(addressees::of)
                .map(addressee -> {
                    stop(addressee.recipient(), addressee.channel(), source);
                    return Outcome.STOPPED;
                })
                .orElse(Outcome.UNKNOWN);
    }

    /// Stops one channel.
    void stop(UUID recipient, Channel channel, Consent.Source source) {
        recipients.change(recipient, known -> stopped(known, channel, source));
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
