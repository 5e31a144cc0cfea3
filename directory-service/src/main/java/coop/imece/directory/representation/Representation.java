package coop.imece.directory.representation;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.security.OrganisationRole;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// That an account acts for an organisation.
///
/// Invariants: one per organisation and account, because the id follows from both; APPOINTED and DISMISSED may follow
/// each other any number of times.
@Document("representations")
@StateTopic(value = "directory.representation.v1", restated = "directory.representation.restated.v1")
@CompoundIndex(name = "by-organisation", def = "{'organisation': 1, 'state': 1}")
@CompoundIndex(name = "by-account", def = "{'account': 1, 'state': 1}")
class Representation extends AggregateRoot {

    enum State {
        APPOINTED,
        DISMISSED
    }

    private final UUID organisation;
    private final UUID account;
    private final OrganisationRole role;
    private State state;
    private Instant since;

    @PersistenceCreator
    Representation(UUID id, UUID organisation, UUID account, OrganisationRole role, State state, Instant since) {
        super(id);
        this.organisation = organisation;
        this.account = account;
        this.role = role;
        this.state = state;
        this.since = since;
    }

    static UUID idOf(UUID organisation, UUID account) {
        return Ids.derived("representation", organisation.toString(), account.toString());
    }

    static Representation appoint(UUID organisation, UUID account, Instant now) {
        Representation representation = new Representation(
                idOf(organisation, account),
                organisation,
                account,
                OrganisationRole.REPRESENTATIVE,
                State.APPOINTED,
                now);
        representation.raise(new RepresentationEvent.RepresentationAppointed());
        return representation;
    }

    /// Appoints who was dismissed; false if nothing changes.
    boolean appointAgain(Instant now) {
        if (state == State.APPOINTED) {
            return false;
        }
        state = State.APPOINTED;
        since = now;
        raise(new RepresentationEvent.RepresentationAppointed());
        return true;
    }

    /// False if nothing changes.
    boolean dismiss(Instant now) {
        if (state == State.DISMISSED) {
            return false;
        }
        state = State.DISMISSED;
        since = now;
        raise(new RepresentationEvent.RepresentationDismissed());
        return true;
    }

    UUID organisation() {
        return organisation;
    }

    UUID account() {
        return account;
    }

    OrganisationRole role() {
        return role;
    }

    State state() {
        return state;
    }

    Instant since() {
        return since;
    }

    @Override
    protected UUID belongsTo() {
        return organisation;
    }

    @Override
    protected PublicState publicState() {
        return new PublicState(id(), organisation, account, role, state);
    }

    /// What other services may know of it.
    record PublicState(UUID id, UUID organisation, UUID account, OrganisationRole role, State state) {}
}
