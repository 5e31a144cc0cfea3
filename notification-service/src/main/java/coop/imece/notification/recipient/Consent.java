package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import java.time.Instant;
import java.util.UUID;

/// One entry of a recipient's ledger of consents; entries are added, never changed.
///
/// @param textVersion the consent text agreed to; of a withdrawal, the one that is withdrawn
/// @param language in which it was read
/// @param at when the person acted
/// @param source where
record Consent(
        UUID id, Channel channel, Status status, String textVersion, String language, Instant at, Source source) {

    enum Status {
        GIVEN,
        WITHDRAWN
    }

    enum Source {
        WEB,
        API,
        SMS,
        E_MAIL_LINK,
        ONE_CLICK
    }
}
