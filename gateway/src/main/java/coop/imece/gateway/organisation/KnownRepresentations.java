package coop.imece.gateway.organisation;

import coop.imece.platform.inbox.BriefWait;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import coop.imece.platform.security.OrganisationRole;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/// The gateway's view of who may act for which organisation.
///
/// Topic `directory.representation.v1`; a view (idempotence rule 1): state of any type, if its sequence is higher. On
/// failure the record is tried again or goes to the dead letters, as the starter's error handler decides; a restatement
/// repairs the view. A dismissal counts as soon as it is heard.
@Component
public class KnownRepresentations {

    static final String COLLECTION = "known_representations";

    /// More than anybody is expected to act for.
    static final int MOST = 500;

    private final View<KnownRepresentation> view;
    private final BriefWait wait = new BriefWait();

    KnownRepresentations(Views views, MongoTemplate mongo) {
        this.view = views.view(COLLECTION, KnownRepresentation.class);
        mongo.indexOps(COLLECTION)
                .createIndex(new Index("state.account", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
    }

    void on(ReceivedMessage message) {
        view.apply(message);
    }

    /// Whether the account may act for the organisation, waiting for it to be heard; only asked before a refusal.
    public boolean await(UUID account, UUID organisation) {
        return wait.await(() -> Optional.ofNullable(of(account).get(organisation)))
                .isPresent();
    }

    /// For which organisations the account may act, in which role.
    public Map<UUID, OrganisationRole> of(UUID account) {
        Map<UUID, OrganisationRole> roles = new LinkedHashMap<>();
        for (KnownRepresentation known :
                view.find(Criteria.where("state.account").is(account), MOST)) {
            if ("APPOINTED".equals(known.state())) {
                Arrays.stream(OrganisationRole.values())
                        .filter(role -> role.name().equals(known.role()))
                        .forEach(role -> roles.put(known.organisation(), role));
            }
        }
        return roles;
    }
}
