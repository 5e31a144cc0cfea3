package coop.imece.platform.security;

/// What an account may do for an organisation; directory-service's Representation is the truth.
public enum OrganisationRole {
    REPRESENTATIVE
}
