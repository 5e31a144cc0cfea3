package coop.imece.notification.channel;

/// A way in which people are reached.
public enum Channel {
    EMAIL,
    SMS
}
