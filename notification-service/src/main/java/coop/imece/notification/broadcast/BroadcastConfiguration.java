package coop.imece.notification.broadcast;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// The functions bound to other services' topics.
@Configuration(proxyBeanMethods = false)
class BroadcastConfiguration {

    @Bean
    Consumer<Message<List<byte[]>>> gatheringEvents(Inbox inbox, GatheringReaction reaction) {
        return inbox.each(reaction::on);
    }

    @Bean
    View<KnownRepresentation> knownRepresentations(Views views) {
        return views.view("known_representations", KnownRepresentation.class);
    }

    /// `directory.representation.v1`, by rule 1; a message without a readable state goes to the dead letters.
    @Bean
    Consumer<Message<List<byte[]>>> representationEvents(Inbox inbox, View<KnownRepresentation> knownRepresentations) {
        return inbox.each(knownRepresentations::apply);
    }
}
