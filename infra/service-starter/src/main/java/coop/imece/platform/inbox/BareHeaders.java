package coop.imece.platform.inbox;

import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.springframework.kafka.support.KafkaHeaderMapper;
import org.springframework.messaging.MessageHeaders;

/// Hands headers over as they came, in bytes. The usual mapper asks of each whether it is wanted and of which class it
/// may be, which took a third of the time of a message.
final class BareHeaders implements KafkaHeaderMapper {

    @Override
    public void fromHeaders(MessageHeaders headers, Headers target) {
        throw new UnsupportedOperationException("messages are sent by the outbox, not by the binder");
    }

    @Override
    public void toHeaders(Headers source, Map<String, Object> target) {
        for (Header header : source) {
            target.put(header.key(), header.value());
        }
    }
}
