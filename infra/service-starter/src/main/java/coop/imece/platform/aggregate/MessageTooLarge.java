package coop.imece.platform.aggregate;

/// A message would exceed [OutboxEntryWriter#LARGEST_ENTRY]; the save did not happen.
public final class MessageTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MessageTooLarge(String type) {
        super("message of type " + type + " is larger than " + OutboxEntryWriter.LARGEST_ENTRY + " bytes");
    }
}
