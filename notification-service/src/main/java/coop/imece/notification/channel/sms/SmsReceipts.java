package coop.imece.notification.channel.sms;

/// Told what became of an SMS after the operator had taken it; implemented by the delivery package.
public interface SmsReceipts {

    /// Must return only when the receipt is written down; an exception makes the operator send it again.
    ///
    /// @param reference the operator's id of the message (one part)
    /// @param number the recipient's number, E.164
    /// @param fate what the operator says
    void received(String reference, String number, Fate fate);

    enum Fate {
        DELIVERED,
        UNDELIVERED,
        /// Still on its way, or the operator does not know.
        OPEN
    }
}
