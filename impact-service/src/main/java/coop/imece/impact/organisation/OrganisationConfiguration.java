package coop.imece.impact.organisation;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.messaging.Message;

@Configuration(proxyBeanMethods = false)
class OrganisationConfiguration {

    @Bean
    View<KnownOrganisation> knownOrganisationView(Views views) {
        return views.view(KnownOrganisations.COLLECTION, KnownOrganisation.class);
    }

    @Bean
    View<KnownRepresentation> knownRepresentationView(Views views) {
        return views.view(KnownOrganisations.REPRESENTATIONS, KnownRepresentation.class);
    }

    @Bean
    KnownOrganisations knownOrganisations(
            View<KnownOrganisation> knownOrganisationView,
            View<KnownRepresentation> knownRepresentationView,
            MongoOperations mongo) {
        return new KnownOrganisations(knownOrganisationView, knownRepresentationView, mongo);
    }

    /// `directory.organisation.v1`, rule 1: the newest state wins, whatever its type. A message without a readable
    /// state goes to the dead letters.
    @Bean
    Consumer<Message<List<byte[]>>> organisationEvents(Inbox inbox, View<KnownOrganisation> knownOrganisationView) {
        return inbox.each(knownOrganisationView::apply);
    }

    /// `directory.representation.v1`, rule 1: the newest state wins, whatever its type. A message without a readable
    /// state goes to the dead letters.
    @Bean
    Consumer<Message<List<byte[]>>> representationEvents(
            Inbox inbox, View<KnownRepresentation> knownRepresentationView) {
        return inbox.each(knownRepresentationView::apply);
    }
}
