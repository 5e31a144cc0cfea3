package coop.imece.notification.channel;

/// Told of every SMS that somebody sent to us; implemented by the recipient package.
public interface InboundSms {

    /// @param from the sender's number, E.164
    /// @param text what the person wrote
    void received(String from, String text);
}
