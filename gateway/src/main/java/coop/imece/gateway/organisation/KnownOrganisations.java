package coop.imece.gateway.organisation;

import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The gateway's view of the organisations' names.
///
/// Topic `directory.organisation.v1`; a view (idempotence rule 1), failing like [KnownRepresentations].
@Component
public class KnownOrganisations {

    private final View<KnownOrganisation> view;

    KnownOrganisations(Views views) {
        this.view = views.view("known_organisations", KnownOrganisation.class);
    }

    void on(ReceivedMessage message) {
        view.apply(message);
    }

    /// What was heard of an organisation.
    public Optional<KnownOrganisation> find(UUID id) {
        return view.find(id);
    }
}
