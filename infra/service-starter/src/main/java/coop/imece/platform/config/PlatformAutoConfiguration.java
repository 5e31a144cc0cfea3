package coop.imece.platform.config;

import coop.imece.platform.aggregate.CurrentOrigin;
import coop.imece.platform.aggregate.MessageOrigin;
import coop.imece.platform.aggregate.OutboxEntryWriter;
import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.store.Converters;
import coop.imece.platform.store.DayQuota;
import coop.imece.platform.store.FurtherAggregate;
import coop.imece.platform.store.OutboxIndexes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import tools.jackson.databind.json.JsonMapper;

/// Clock, JSON, store and the writing half of the outbox.
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration"
        })
class PlatformAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DayQuota dayQuota(MongoOperations mongo, Clock clock) {
        return new DayQuota(mongo, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageOrigin messageOrigin() {
        return new CurrentOrigin();
    }

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return PlatformJson::configure;
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxEntryWriter outboxEntryWriter(
            JsonMapper json,
            Clock clock,
            MessageOrigin origin,
            @Value("${spring.application.name:service}") String name) {
        return new OutboxEntryWriter(json, clock, origin, name);
    }

    @Bean
    @ConditionalOnMissingBean
    MongoCustomConversions mongoCustomConversions() {
        return MongoCustomConversions.create(adapter -> adapter.registerConverters(Converters.all()));
    }

    /// An acknowledged write survives the loss of any one server and of power.
    @Bean
    MongoClientSettingsBuilderCustomizer acknowledgedByMajority() {
        return settings -> settings.writeConcern(com.mongodb.WriteConcern.MAJORITY.withJournal(true))
                .readConcern(com.mongodb.ReadConcern.MAJORITY);
    }

    @Configuration(proxyBeanMethods = false)
    static class Store {

        @Bean
        OutboxIndexes outboxIndexes(MongoOperations mongo, ObjectProvider<FurtherAggregate> further) {
            return new OutboxIndexes(mongo, further.stream().toList());
        }
    }
}
