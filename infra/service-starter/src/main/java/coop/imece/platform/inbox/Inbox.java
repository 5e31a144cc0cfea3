package coop.imece.platform.inbox;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/// Makes Spring Cloud Stream consumers of message handlers.
///
/// A service declares `@Bean Consumer<Message<List<byte[]>>> gatheringEvents(Inbox inbox, …) { return
/// inbox.each(reaction::on); }`. Records are handled one by one, in order. A handler must survive the same message
/// twice and out of order. What it throws decides: see [InvalidMessage] and the error handler of the starter.
public interface Inbox {

    /// A consumer that hands each record to the handler.
    Consumer<Message<List<byte[]>>> each(Consumer<ReceivedMessage> handler);
}
