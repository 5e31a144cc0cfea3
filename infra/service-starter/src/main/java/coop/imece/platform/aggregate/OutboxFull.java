package coop.imece.platform.aggregate;

/// Messages of this aggregate or its collection have waited too long for the broker; the save did not happen. Answered
/// 503, so that nothing is accepted that would be published late.
public final class OutboxFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutboxFull(String collection) {
        super("the outbox of " + collection + " waits for the broker", null, false, false);
    }
}
