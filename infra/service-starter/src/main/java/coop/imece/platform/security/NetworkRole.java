package coop.imece.platform.security;

/// A role in the whole network, kept by the gateway.
public enum NetworkRole {
    ADMINISTRATOR,
    REVIEWER
}
