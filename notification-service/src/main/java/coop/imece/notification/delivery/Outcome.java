package coop.imece.notification.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What is written down about one delivery that was SENDING.
sealed interface Outcome {

    UUID delivery();

    /// @param references the operator's ids of an SMS; empty for mails
    record Sent(UUID delivery, List<String> references) implements Outcome {}

    record Failed(UUID delivery, String detail) implements Outcome {}

    record Suppressed(UUID delivery, String detail) implements Outcome {}

    record InDoubt(UUID delivery, String detail) implements Outcome {}

    /// Leaves its chunk and waits in the store.
    ///
    /// @param counted whether it was a try: the other side was asked and said "later"
    /// @param maybeSent whether it may have left all the same
    record Later(UUID delivery, Instant dueAt, boolean counted, boolean maybeSent, String detail) implements Outcome {}
}
