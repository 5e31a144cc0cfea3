package coop.imece.notification.channel.sms;

/// What a text must keep free.
///
/// @param reserve characters at the end of the last part, for the code the operator appends
public record SmsLimits(int reserve) {}
