package coop.imece.platform.inbox;

import coop.imece.platform.aggregate.MessageOrigin;
import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.outbox.MessageSender;
import coop.imece.platform.outbox.OutboxWatch;
import coop.imece.platform.outbox.Restatements;
import coop.imece.platform.store.FurtherAggregate;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.support.KafkaHeaderMapper;
import org.springframework.kafka.support.SimpleKafkaHeaderMapper;
import org.springframework.kafka.support.converter.BatchMessagingMessageConverter;
import org.springframework.messaging.Message;
import tools.jackson.databind.json.JsonMapper;

/// Receiving: how consumers join, how records are read, what happens when one fails.
@AutoConfiguration(
        afterName = {
            "coop.imece.platform.outbox.OutboxAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
        })
class InboxAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(InboxAutoConfiguration.class);

    @Bean
    Inbox inbox(JsonMapper json) {
        return new BatchInbox(PlatformJson.lenient(json));
    }

    @Bean
    RestatementRequests restatementAnswers(
            MessageSender sender, Restatements restatements, JsonMapper json, Clock clock, MessageOrigin origin) {
        return new RestatementRequests(sender, restatements, json, clock, origin);
    }

    @Bean
    Views views(MongoOperations mongo, RestatementRequests requests) {
        return new MongoViews(mongo, requests::ask);
    }

    @Bean
    @ConditionalOnProperty(name = "imece.restatement-requests", havingValue = "true", matchIfMissing = true)
    Consumer<Message<List<byte[]>>> restatementRequests(Inbox inbox, RestatementRequests requests) {
        return inbox.each(requests::on);
    }

    /// Plain texts on the wire: the default adds `spring_json_header_types`.
    @Bean
    KafkaHeaderMapper kafkaBinderHeaderMapper() {
        var mapper = new SimpleKafkaHeaderMapper("ce_*", "content-type", "traceparent");
        mapper.setMapAllStringsOut(true);
        return mapper;
    }

    /// Named in the defaults of every consumer.
    @Bean
    BatchMessagingMessageConverter batchWithBareHeaders() {
        var converter = new BatchMessagingMessageConverter();
        converter.setHeaderMapper(new BareHeaders());
        return converter;
    }

    /// Static membership: a consumer killed and restarted at once has its first record after 0.7 s instead of 45 s.
    @Bean
    ConsumerConfigCustomizer memberByName(@Value("${imece.instance}") String instance) {
        return (properties, binding, destination) -> {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance + "-" + binding);
            properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
            properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
            // What a binding says itself comes first: long work is fetched one by one.
            properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
            properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        };
    }

    @Bean
    FailureHandling failureHandling(MessageSender sender) {
        return new FailureHandling(sender);
    }

    @Bean
    static BeanPostProcessor bindInBackground() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof InputBindingLifecycle bindings)) {
                    return bean;
                }
                var proxy = new ProxyFactory(bindings);
                proxy.setProxyTargetClass(true);
                proxy.addAdvice(new BackgroundBinding(bindings));
                return proxy.getProxy();
            }
        };
    }

    /// Lets each consumer read its replay topic beside its topic.
    @Bean
    static BeanPostProcessor replayBeside() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof BindingServiceProperties properties) {
                    properties.getBindings().forEach((binding, settings) -> {
                        String topic = settings.getDestination();
                        String group = settings.getGroup();
                        if (group != null && topic != null && !topic.contains(",") && binding.contains("-in-")) {
                            settings.setDestination(topic + "," + DeadLetterTopics.replay(topic, group));
                        }
                    });
                }
                return bean;
            }
        };
    }

    /// Another process has our name, or the container gave up: this process can receive nothing any more.
    @Bean
    ApplicationListener<ConsumerStoppedEvent> stoppedConsumerEndsLife(ApplicationContext context) {
        return event -> {
            if (event.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
                LOG.error("A consumer stopped ({}): this process must be restarted", event.getReason());
                AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
            }
        };
    }

    @Bean
    static FurtherAggregate deadLetterDecisions() {
        return new FurtherAggregate(DeadLetterDecision.class);
    }

    @Bean
    DeadLetters deadLetters(
            BindingServiceProperties bindings,
            MessageSender sender,
            MongoOperations mongo,
            Clock clock,
            @Value("${spring.kafka.bootstrap-servers}") String brokers) {
        return new DeadLetters(bindings, sender, mongo, clock, brokers);
    }

    @Bean
    ServiceState serviceState(OutboxWatch watch, DeadLetters letters) {
        return new ServiceState(watch, letters);
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    DeadLetterController deadLetterController(DeadLetters letters) {
        return new DeadLetterController(letters);
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    ServiceStateController serviceStateController(ServiceState state) {
        return new ServiceStateController(state);
    }
}
