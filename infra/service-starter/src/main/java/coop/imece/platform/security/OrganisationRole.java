package coop.imece.platform.security;

/// What an account may do for an organisation; directory-service's Representation is the truth.
///
/// Each role reads everything the organisation may see, drafts included.
public enum OrganisationRole {
    /// Everything, and alone appoints, dismisses, hands over, registers programs and makes promises.
    REPRESENTATIVE,
    /// Profile, gatherings: what the organisation says of itself and to others.
    EDITOR,
    /// Impact reports.
    REPORTER,
    /// Reads.
    VIEWER;

    public boolean represents() {
        return this == REPRESENTATIVE;
    }

    public boolean edits() {
        return this == REPRESENTATIVE || this == EDITOR;
    }

    public boolean reports() {
        return this == REPRESENTATIVE || this == REPORTER;
    }
}
