package coop.imece.notification.message;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.seal.Unsealing;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// Two lanes, each with a topic, a group and connections of its own.
@Configuration(proxyBeanMethods = false)
class MessageConsumers {

    @Bean
    MessageLane urgentLane(StoredMessages messages, MessageSending sending, Unsealing unsealing) {
        return new MessageLane(StoredMessage.Lane.URGENT, messages, sending, unsealing);
    }

    @Bean
    MessageLane ordinaryLane(StoredMessages messages, MessageSending sending, Unsealing unsealing) {
        return new MessageLane(StoredMessage.Lane.ORDINARY, messages, sending, unsealing);
    }

    @Bean
    Consumer<Message<List<byte[]>>> urgentCommands(Inbox inbox, MessageLane urgentLane) {
        return inbox.each(urgentLane::on);
    }

    @Bean
    Consumer<Message<List<byte[]>>> messageCommands(Inbox inbox, MessageLane ordinaryLane) {
        return inbox.each(ordinaryLane::on);
    }
}
