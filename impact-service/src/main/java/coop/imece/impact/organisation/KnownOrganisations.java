package coop.imece.impact.organisation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;

/// Which organisations there are, who speaks for them, and how many cooperatives could report.
public final class KnownOrganisations {

    static final String COLLECTION = "known_organisations";

    private final View<KnownOrganisation> organisations;
    private final View<KnownRepresentation> representations;
    private final MongoOperations mongo;

    KnownOrganisations(
            View<KnownOrganisation> organisations, View<KnownRepresentation> representations, MongoOperations mongo) {
        this.organisations = organisations;
        this.representations = representations;
        this.mongo = mongo;
        mongo.indexOps(COLLECTION)
                .createIndex(new Index()
                        .on("state.type", Sort.Direction.ASC)
                        .on("state.state", Sort.Direction.ASC)
                        .on("state.place.region", Sort.Direction.ASC)
                        .named("coverage"));
    }

    public Optional<KnownOrganisation> find(UUID id) {
        return organisations.find(id);
    }

    /// Waits a moment for an organisation that was not heard of yet.
    public Optional<KnownOrganisation> await(UUID id) {
        return organisations.find(id).or(() -> organisations.await(id, organisation -> true));
    }

    /// Waits a moment for news that the organisation was verified; empty if none come.
    public Optional<KnownOrganisation> awaitVerified(UUID id) {
        return organisations
                .find(id)
                .filter(KnownOrganisation::verified)
                .or(() -> organisations.await(id, KnownOrganisation::verified));
    }

    /// The organisations of these ids, by id.
    public Map<UUID, KnownOrganisation> all(Collection<UUID> ids) {
        var found = new LinkedHashMap<UUID, KnownOrganisation>();
        List<UUID> wanted = ids.stream().distinct().toList();
        organisations.find(Criteria.where("_id").in(wanted), wanted.size() + 1).forEach(o -> found.put(o.id(), o));
        return found;
    }

    /// Whether the caller speaks for the organisation. A dismissal counts as soon as it is heard; the token may lag
    /// behind an appointment, so a "no" waits for this service's own view.
    public boolean represents(Caller caller, UUID organisation) {
        if (caller.program()) {
            return caller.represents(organisation);
        }
        UUID account = caller.account();
        if (account == null) {
            return false;
        }
        UUID id = Ids.derived("representation", organisation.toString(), account.toString());
        Optional<KnownRepresentation> heard = representations.find(id);
        if (heard.isEmpty() && caller.represents(organisation)) {
            return true;
        }
        return heard.filter(KnownRepresentation::stands).isPresent()
                || representations.await(id, KnownRepresentation::stands).isPresent();
    }

    /// How many verified cooperatives there are in each region; those without one under an empty key.
    public Map<String, Long> cooperativesByRegion() {
        var counted = mongo.aggregate(
                Aggregation.newAggregation(
                        Aggregation.match(verifiedCooperatives()),
                        Aggregation.group("state.place.region").count().as("n")),
                COLLECTION,
                Document.class);
        var byRegion = new LinkedHashMap<String, Long>();
        for (Document region : counted) {
            String code = Objects.requireNonNullElse(region.getString("_id"), "");
            byRegion.put(code, region.get("n", Number.class).longValue());
        }
        return byRegion;
    }

    static Criteria verifiedCooperatives() {
        return Criteria.where("state.type").is("COOPERATIVE").and("state.state").is("VERIFIED");
    }
}
