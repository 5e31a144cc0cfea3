package coop.imece.notification.delivery;

import coop.imece.platform.inbox.Inbox;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// The functions bound to the chunk topics.
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Consumer<Message<List<byte[]>>> emailChunks(Inbox inbox, EmailChunkSending chunks) {
        return inbox.each(chunks::on);
    }

    @Bean
    Consumer<Message<List<byte[]>>> smsChunks(Inbox inbox, SmsChunkSending chunks) {
        return inbox.each(chunks::on);
    }
}
