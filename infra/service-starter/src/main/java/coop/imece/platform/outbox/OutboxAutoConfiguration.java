package coop.imece.platform.outbox;

import coop.imece.platform.store.OutboxIndexes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;

/// The relay and what belongs to it.
@AutoConfiguration(afterName = "coop.imece.platform.config.PlatformAutoConfiguration")
class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MessageSender messageSender(
            @Value("${spring.kafka.bootstrap-servers}") String brokers,
            @Value("${spring.application.name}") String service) {
        return new MessageSender(brokers, service);
    }

    @Bean
    Restatements restatements(MongoOperations mongo, OutboxIndexes collections) {
        return new Restatements(mongo, collections);
    }

    @Bean
    OutboxWatch outboxWatch(MongoOperations mongo, Clock clock, ObjectProvider<MeterRegistry> meters) {
        return new OutboxWatch(mongo, clock, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    static OutboxCallbacks outboxCallbacks(ObjectProvider<OutboxWatch> watch, ObjectProvider<Relays> relays) {
        return new OutboxCallbacks(watch::getObject, relays::getObject);
    }

    @Bean
    Relays relays(
            MongoOperations mongo,
            OutboxIndexes collections,
            MessageSender sender,
            Restatements restatements,
            OutboxWatch watch,
            Clock clock,
            @Value("${imece.instance}") String instance,
            @Value("${imece.nightly-restatement}") boolean nightly) {
        var night = new NightlyRestatement(mongo, restatements, clock);
        return new Relays(mongo, collections, sender, restatements, watch, nightly ? night::run : () -> {}, instance);
    }
}
