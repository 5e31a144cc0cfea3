package coop.imece.notification.channel;

import coop.imece.platform.text.Language;
import java.util.Map;
import java.util.UUID;

/// A mail ready to go: plain text and HTML, both complete.
///
/// @param delivery the delivery it carries out; the Message-ID derives from it, so that a repeat has the same one
/// @param to the address
/// @param language Content-Language, and by it the direction of the HTML
/// @param subject one line
/// @param text the plain part
/// @param html the HTML part, a whole document
/// @param headers further headers, for example `List-Unsubscribe`
public record OutgoingEmail(
        UUID delivery,
        String to,
        Language language,
        String subject,
        String text,
        String html,
        Map<String, String> headers) {

    /// Ids, no personal data: a mail must not end up in a log by accident.
    @Override
    public String toString() {
        return "OutgoingEmail[" + delivery + "]";
    }
}
