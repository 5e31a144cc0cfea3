package coop.imece.gateway.organisation;

import coop.imece.platform.inbox.Inbox;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// Feeds the views from directory-service's topics.
@Configuration(proxyBeanMethods = false)
class OrganisationConsumers {

    @Bean
    Consumer<Message<List<byte[]>>> representationEvents(Inbox inbox, KnownRepresentations representations) {
        return inbox.each(representations::on);
    }

    @Bean
    Consumer<Message<List<byte[]>>> organisationEvents(Inbox inbox, KnownOrganisations organisations) {
        return inbox.each(organisations::on);
    }
}
