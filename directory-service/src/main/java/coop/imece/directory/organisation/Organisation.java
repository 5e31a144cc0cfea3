package coop.imece.directory.organisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// An organisation of the network: cooperative, union, cluster or supporter alike.
///
/// Invariants: its life goes SUBMITTED → VERIFIED; who changes what was verified (type, kind, name, identifiers)
/// without being a reviewer puts it back to SUBMITTED, or a verified name could be lent to anybody; no two
/// organisations of one region bear the same name (a unique index over [SearchTerms#names], kept apart in
/// [Organisations] so that a small collection of claims can replace it); contact points never leave this service.
@Document("organisations")
@StateTopic(value = "directory.organisation.v1", restated = "directory.organisation.restated.v1")
@CompoundIndex(name = "name-claims", def = "{'terms.names': 1}", unique = true)
@CompoundIndex(name = "words", def = "{'terms.words': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-name", def = "{'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-age", def = "{'asOf': -1, '_id': 1}")
@CompoundIndex(name = "by-type", def = "{'profile.type': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-kind", def = "{'profile.kind': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-region", def = "{'profile.place.region': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-sdg", def = "{'profile.sdgs': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-sector", def = "{'terms.sectors': 1, 'terms.sort': 1, '_id': 1}")
@CompoundIndex(name = "by-state", def = "{'state': 1, 'asOf': 1, '_id': 1}")
class Organisation extends AggregateRoot {

    /// What everybody may do with the entry.
    static final String LICENCE = "CC0-1.0";

    private static final Set<String> VERIFIED_FIELDS = Set.of("type", "kind", "name", "identifiers");

    enum State {
        SUBMITTED,
        VERIFIED
    }

    private Profile profile;
    private State state;
    private final UUID registeredBy;
    private Instant confirmedAt;
    private Instant asOf;
    private SearchTerms terms;

    @PersistenceCreator
    Organisation(
            UUID id,
            Profile profile,
            State state,
            UUID registeredBy,
            Instant confirmedAt,
            Instant asOf,
            SearchTerms terms) {
        super(id);
        this.profile = profile;
        this.state = state;
        this.registeredBy = registeredBy;
        this.confirmedAt = confirmedAt;
        this.asOf = asOf;
        this.terms = terms;
    }

    /// Enters it in the directory; the account becomes its first representative.
    static Organisation register(UUID id, Profile profile, UUID registeredBy, Instant now) {
        Organisation organisation =
                new Organisation(id, profile, State.SUBMITTED, registeredBy, now, now, SearchTerms.of(profile));
        organisation.raise(new OrganisationEvent.OrganisationRegistered(registeredBy));
        return organisation;
    }

    /// Takes a new profile; false if it is the present one.
    boolean change(Profile changed, boolean byReviewer, Instant now) {
        List<String> fields = profile.differences(changed);
        if (fields.isEmpty()) {
            return false;
        }
        profile = changed;
        terms = SearchTerms.of(changed);
        asOf = now;
        confirmedAt = now;
        if (!byReviewer && !Collections.disjoint(fields, VERIFIED_FIELDS)) {
            state = State.SUBMITTED;
        }
        raise(new OrganisationEvent.OrganisationChanged(fields));
        return true;
    }

    /// Confirms that it is what it says; false if that was done before.
    boolean verify(UUID reviewer, Instant now) {
        if (state == State.VERIFIED) {
            return false;
        }
        state = State.VERIFIED;
        asOf = now;
        raise(new OrganisationEvent.OrganisationVerified(reviewer));
        return true;
    }

    Profile profile() {
        return profile;
    }

    State state() {
        return state;
    }

    /// Whether everybody may know that it is there.
    boolean open() {
        return state == State.VERIFIED;
    }

    UUID registeredBy() {
        return registeredBy;
    }

    Instant confirmedAt() {
        return confirmedAt;
    }

    Instant asOf() {
        return asOf;
    }

    SearchTerms terms() {
        return terms;
    }

    @Override
    protected UUID belongsTo() {
        return id();
    }

    @Override
    protected PublicState publicState() {
        return new PublicState(
                id(),
                profile.type(),
                profile.kind(),
                profile.name(),
                profile.alsoKnownAs(),
                profile.identifiers(),
                profile.sectors(),
                profile.place(),
                profile.languages(),
                profile.sdgs(),
                profile.founded(),
                profile.description(),
                state,
                LICENCE,
                confirmedAt);
    }

    /// What other services may know of it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublicState(
            UUID id,
            OrganisationType type,
            String kind,
            LocalisedText name,
            List<String> alsoKnownAs,
            List<Identifier> identifiers,
            List<Sector> sectors,
            Place place,
            List<String> languages,
            List<String> sdgs,
            @Nullable Integer founded,
            @Nullable LocalisedText description,
            State state,
            String licence,
            Instant confirmedAt) {}
}
