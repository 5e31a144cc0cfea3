package coop.imece.platform.erasure;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.store.FurtherAggregate;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.messaging.Message;

/// Lets a service answer for what it holds of accounts. A service without [Traces] does not start: it has to say so
/// even if it holds nothing.
@AutoConfiguration(afterName = "coop.imece.platform.inbox.InboxAutoConfiguration")
@ConditionalOnProperty(name = "imece.erasure-commands", havingValue = "true", matchIfMissing = true)
class ErasureAutoConfiguration {

    @Bean
    static FurtherAggregate erasureReceipts() {
        return new FurtherAggregate(ErasureReceipt.class);
    }

    @Bean
    Consumer<Message<List<byte[]>>> erasureCommands(
            Inbox inbox,
            Traces traces,
            MongoOperations mongo,
            Clock clock,
            @Value("${spring.application.name}") String service) {
        return inbox.each(new ErasureCommands(traces, mongo, clock, service)::on);
    }
}
