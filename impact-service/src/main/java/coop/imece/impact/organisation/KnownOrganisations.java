package coop.imece.impact.organisation;

import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;

/// Which organisations there are, who speaks for them, and how many cooperatives could report.
public final class KnownOrganisations {

    static final String COLLECTION = "known_organisations";
    static final String REPRESENTATIONS = "known_representations";
    private static final int MOST_ROLES = 200;

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
        mongo.indexOps(REPRESENTATIONS).createIndex(new Index("state.account", Sort.Direction.ASC));
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

    /// Whether the caller has any role in the organisation, as far as is known now.
    public boolean reads(Caller caller, UUID organisation) {
        return holds(caller, organisation, anyRole -> true);
    }

    /// The same, but waits for news of an appointment before it says no.
    public boolean soonReads(Caller caller, UUID organisation) {
        return soonHolds(caller, organisation, anyRole -> true);
    }

    /// Whether the caller may report for the organisation, as far as is known now.
    public boolean reports(Caller caller, UUID organisation) {
        return holds(caller, organisation, OrganisationRole::reports);
    }

    /// The same, but waits for news of an appointment before it says no.
    public boolean soonReports(Caller caller, UUID organisation) {
        return soonHolds(caller, organisation, OrganisationRole::reports);
    }

    private boolean holds(Caller caller, UUID organisation, Predicate<OrganisationRole> role) {
        return role(caller, organisation).filter(role).isPresent();
    }

    private boolean soonHolds(Caller caller, UUID organisation, Predicate<OrganisationRole> role) {
        UUID account = caller.account();
        return holds(caller, organisation, role)
                || !caller.program()
                        && account != null
                        && representations
                                .await(
                                        KnownRepresentation.idOf(organisation, account),
                                        heard -> heard.standing().filter(role).isPresent())
                                .isPresent();
    }

    /// The token may know of an appointment before this service; what was heard here, a dismissal above all, outweighs
    /// it. A program is appointed by nobody: its token says whose it is.
    private Optional<OrganisationRole> role(Caller caller, UUID organisation) {
        UUID account = caller.account();
        Optional<OrganisationRole> named = Optional.ofNullable(caller.roleIn(organisation));
        if (account == null || caller.program()) {
            return named;
        }
        return representations
                .find(KnownRepresentation.idOf(organisation, account))
                .map(KnownRepresentation::standing)
                .orElse(named);
    }

    /// The organisations in which the caller has such a role, as far as is known now.
    public Set<UUID> of(Caller caller, Predicate<OrganisationRole> role) {
        UUID account = caller.account();
        if (account == null) {
            return Set.of();
        }
        var roles = new LinkedHashMap<>(caller.organisations());
        for (KnownRepresentation heard :
                representations.find(Criteria.where("state.account").is(account), MOST_ROLES)) {
            heard.standing()
                    .ifPresentOrElse(
                            standing -> roles.put(heard.organisation(), standing),
                            () -> roles.remove(heard.organisation()));
        }
        roles.values().removeIf(role.negate());
        return roles.keySet();
    }

    /// How many verified cooperatives each region has that can have something to report for a year; those without a
    /// region under an empty key.
    public Map<String, Long> cooperativesByRegion(int year) {
        var counted = mongo.aggregate(
                Aggregation.newAggregation(
                        Aggregation.match(couldReportFor(year)),
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

    /// As [KnownOrganisation#existedIn].
    static Criteria couldReportFor(int year) {
        return Criteria.where("state.type")
                .is("COOPERATIVE")
                .and("state.state")
                .is("VERIFIED")
                .and("state.founded")
                .not()
                .gt(year);
    }
}
