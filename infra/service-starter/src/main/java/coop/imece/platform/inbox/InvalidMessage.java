package coop.imece.platform.inbox;

/// A message that can never be handled; it goes to the dead letters at once, alone.
public final class InvalidMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param reason in English, for the operator; must hold no personal data
    public InvalidMessage(String reason) {
        super(reason);
    }
}
