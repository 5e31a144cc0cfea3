package coop.imece.events.supply;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.messaging.Message;

/// Hears of organisations, representations and broadcasts.
///
/// `directory.organisation.v1`, `directory.representation.v1` and `notification.broadcast.v1`, each by rule 1: the
/// state of any type goes into the view if its sequence is higher, so that repeated, late and unknown messages do no
/// harm. A message without a readable state goes to the dead letters.
@Configuration(proxyBeanMethods = false)
class SupplyMessages {

    static final String ORGANISATIONS = "known_organisations";
    static final String REPRESENTATIONS = "known_representations";
    static final String BROADCASTS = "known_broadcasts";

    @Bean
    View<KnownOrganisation> knownOrganisations(Views views) {
        return views.view(ORGANISATIONS, KnownOrganisation.class);
    }

    @Bean
    View<KnownRepresentation> knownRepresentations(Views views) {
        return views.view(REPRESENTATIONS, KnownRepresentation.class);
    }

    @Bean
    View<KnownBroadcast> knownBroadcasts(Views views) {
        return views.view(BROADCASTS, KnownBroadcast.class);
    }

    @Bean
    Consumer<Message<List<byte[]>>> organisationEvents(Inbox inbox, View<KnownOrganisation> knownOrganisations) {
        return inbox.each(knownOrganisations::apply);
    }

    @Bean
    Consumer<Message<List<byte[]>>> representationEvents(Inbox inbox, View<KnownRepresentation> knownRepresentations) {
        return inbox.each(knownRepresentations::apply);
    }

    @Bean
    Consumer<Message<List<byte[]>>> broadcastEvents(Inbox inbox, View<KnownBroadcast> knownBroadcasts) {
        return inbox.each(knownBroadcasts::apply);
    }

    /// What the views are asked by, besides the id.
    @Bean
    ApplicationRunner supplyIndexes(MongoOperations mongo) {
        return arguments -> {
            mongo.indexOps(REPRESENTATIONS)
                    .createIndex(new Index("state.account", Sort.Direction.ASC)
                            .on("state.organisation", Sort.Direction.ASC));
            mongo.indexOps(BROADCASTS).createIndex(new Index("state.gathering", Sort.Direction.ASC));
        };
    }
}
