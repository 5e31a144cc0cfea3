package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that waits for the proof that a person reads an address: a token by e-mail, a code by SMS.
///
/// @param proof keyed hash of token or code: what is stored confirms nothing
/// @param tries wrong codes so far
/// @param usedAt when the right proof came; kept until it expires, so that a second press of the button is no error
/// @param request what will be true then; null for a fresh code, which only proves
record PendingConfirmation(
        UUID id,
        Channel channel,
        String proof,
        Instant expiresAt,
        int tries,
        @Nullable Instant usedAt,
        @Nullable Request request) {

    static final Duration LINK_VALID = Duration.ofDays(2);
    static final Duration CODE_VALID = Duration.ofMinutes(10);
    static final int MOST_TRIES = 5;

    /// @param criteria the interest to add
    /// @param language in which to write from then on, BCP 47
    /// @param textVersion the consent text agreed to
    /// @param source where the request came from
    record Request(Criteria criteria, String language, String textVersion, Consent.Source source) {}

    /// Whether it may still be proved at this moment.
    boolean open(Instant now) {
        return now.isBefore(expiresAt) && tries < MOST_TRIES;
    }

    /// Whether it is the link of a subscription, sent after this moment, that nobody has used yet.
    boolean linkSentAfter(Instant moment) {
        return channel == Channel.EMAIL
                && request != null
                && usedAt == null
                && expiresAt.minus(LINK_VALID).isAfter(moment);
    }

    PendingConfirmation triedInVain() {
        return new PendingConfirmation(id, channel, proof, expiresAt, tries + 1, usedAt, request);
    }

    PendingConfirmation used(Instant now) {
        return new PendingConfirmation(id, channel, proof, expiresAt, tries, now, request);
    }
}
