package coop.imece.gateway.account;

/// How a person is reached.
public enum Channel {
    EMAIL,
    SMS
}
