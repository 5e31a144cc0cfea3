package coop.imece.notification.message;

import coop.imece.platform.inbox.Inbox;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

@Configuration(proxyBeanMethods = false)
class MessageConsumers {

    @Bean
    Consumer<Message<List<byte[]>>> urgentCommands(Inbox inbox, UrgentLane lane) {
        return inbox.each(lane::on);
    }
}
