package coop.imece.notification.message;

import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// Send one message to one person: sign-in codes of the gateway, invitations of the directory, confirmations of our
/// own.
///
/// @param messageId delivery and Message-ID derive from it: a repeat is recognised
/// @param template one of [MessageTemplate]; kept as text, because others may come
/// @param channel `EMAIL` or `SMS`
/// @param language BCP 47
/// @param expiresAt afterwards it is dropped and counted
/// @param sealed [Contents], sealed for this service
@CommandType(value = "notification.send-message.v1", topic = "notification.urgent.commands.v1")
public record SendMessage(
        UUID messageId, String template, String channel, String language, Instant expiresAt, String sealed)
        implements Command {

    @Override
    public String key() {
        return messageId.toString();
    }

    /// What nobody but this service may read.
    ///
    /// @param address e-mail address or E.164 number
    /// @param parameters what the template needs, `code`, `link`, `organisation`, `role`, `address`
    public record Contents(String address, Map<String, String> parameters) {

        public Contents {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public String toString() {
            return "Contents[sealed]";
        }
    }
}
