package coop.imece.gateway.operations;

import coop.imece.platform.inbox.Inbox;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// Feeds the audit and the erasures.
@Configuration(proxyBeanMethods = false)
class OperationsConsumers {

    @Bean
    Consumer<Message<List<byte[]>>> auditRecords(Inbox inbox, AuditTrail trail) {
        return inbox.each(trail::on);
    }

    @Bean
    Consumer<Message<List<byte[]>>> erasureRequests(Inbox inbox, Erasures erasures) {
        return inbox.each(erasures::onRequest);
    }

    @Bean
    Consumer<Message<List<byte[]>>> erasureReceipts(Inbox inbox, Erasures erasures) {
        return inbox.each(erasures::onReceipt);
    }
}
