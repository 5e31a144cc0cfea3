package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.time.Instant;
import java.util.UUID;

/// Asks notification-service to tell the holder of an account something nobody waits for.
///
/// @param messageId what the delivery and its Message-ID derive from: a repeat is recognised
/// @param template which message
/// @param channel how
/// @param language in which language (BCP 47)
/// @param expiresAt afterwards it is dropped
/// @param sealed address and parameters, readable by notification-service alone
@CommandType(value = "notification.send-message.v1", topic = "notification.message.commands.v1")
record SendMessage(UUID messageId, String template, String channel, String language, Instant expiresAt, String sealed)
        implements Command {

    @Override
    public String key() {
        return messageId.toString();
    }
}
