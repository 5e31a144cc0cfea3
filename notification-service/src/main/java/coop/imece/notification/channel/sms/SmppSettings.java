package coop.imece.notification.channel.sms;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The operator's SMPP entry and what the contract allows.
///
/// @param host the operator's SMSC
/// @param port its port
/// @param systemId who we are to it
/// @param password what it knows us by
/// @param sender the approved sender name, 3 to 11 ASCII characters
/// @param window how many SMS may wait for their answer at once
/// @param perSecond how many parts may leave in a second
/// @param reserve room to leave at the end of a text for the code the operator appends
/// @param answerTimeout for each answer of the operator
@ConfigurationProperties("imece.sms")
record SmppSettings(
        @DefaultValue("localhost") String host,
        @DefaultValue("2775") int port,
        @DefaultValue("imece") String systemId,
        @DefaultValue("imece") String password,
        @DefaultValue("IMECE") String sender,
        @DefaultValue("10") int window,
        @DefaultValue("100") int perSecond,
        @DefaultValue("5") int reserve,
        @DefaultValue("10s") Duration answerTimeout) {

    SmppSettings {
        if (!sender.matches("[A-Za-z0-9 .-]{3,11}")) {
            throw new IllegalArgumentException("imece.sms.sender is no sender name");
        }
        if (window < 1 || perSecond < 1) {
            throw new IllegalArgumentException("imece.sms lets nothing through");
        }
    }

    @Override
    public String toString() {
        return "SmppSettings[" + host + ":" + port + "]";
    }
}
