package coop.imece.launcher.inbox;

import java.time.Instant;
import java.util.Map;

/// One e-mail or SMS as the person it was sent to sees it.
///
/// @param from address or sender name
/// @param to the address it was delivered to, a telephone number with its plus
/// @param subject empty for an SMS
/// @param html empty if there is none
/// @param headers as sent, the last one of each name; empty for an SMS
/// @param segments how many SMS it took; 1 for an e-mail
public record InboxMessage(
        String id,
        Channel channel,
        String from,
        String to,
        String subject,
        String text,
        String html,
        Map<String, String> headers,
        Instant receivedAt,
        int segments) {

    /// The way a message came.
    public enum Channel {
        EMAIL,
        SMS
    }
}
