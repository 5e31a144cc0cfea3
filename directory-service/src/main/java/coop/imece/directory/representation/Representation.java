package coop.imece.directory.representation;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.aggregate.StateTopic;
import coop.imece.platform.security.OrganisationRole;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// That an account acts for an organisation, in one role.
///
/// Invariants: one per organisation and account, because the id follows from both; APPOINTED and DISMISSED may follow
/// each other any number of times; another role is an appointment anew, so that views hear of it as of any other.
@Document("representations")
@StateTopic(value = "directory.representation.v1", restated = "directory.representation.restated.v1")
@CompoundIndex(name = "by-organisation", def = "{'organisation': 1, 'state': 1, 'role': 1}")
@CompoundIndex(name = "by-account", def = "{'account': 1, 'state': 1}")
class Representation extends AggregateRoot {

    enum State {
        APPOINTED,
        DISMISSED
    }

    private final UUID organisation;
    private final UUID account;
    private OrganisationRole role;
    private State state;
    private Instant since;
    private @Nullable String knownAs;
    private @Nullable UUID endedBy;

    @Indexed(name = "unfinished-handovers", sparse = true)
    private @Nullable UUID handoverFrom;

    @PersistenceCreator
    Representation(
            UUID id,
            UUID organisation,
            UUID account,
            OrganisationRole role,
            State state,
            Instant since,
            @Nullable String knownAs,
            @Nullable UUID endedBy,
            @Nullable UUID handoverFrom) {
        super(id);
        this.organisation = organisation;
        this.account = account;
        this.role = role;
        this.state = state;
        this.since = since;
        this.knownAs = knownAs;
        this.endedBy = endedBy;
        this.handoverFrom = handoverFrom;
    }

    static UUID idOf(UUID organisation, UUID account) {
        return Ids.derived("representation", organisation.toString(), account.toString());
    }

    static Representation appoint(UUID organisation, UUID account, OrganisationRole role, Instant now) {
        Representation representation = new Representation(
                idOf(organisation, account), organisation, account, role, State.APPOINTED, now, null, null, null);
        representation.raise(new RepresentationEvent.RepresentationAppointed());
        return representation;
    }

    /// Gives the account this role, whatever it had before; false if nothing changes.
    boolean appointAs(OrganisationRole role, Instant now) {
        if (state == State.APPOINTED && this.role == role) {
            return false;
        }
        this.role = role;
        state = State.APPOINTED;
        since = now;
        endedBy = null;
        handoverFrom = null;
        raise(new RepresentationEvent.RepresentationAppointed());
        return true;
    }

    /// False if nothing changes.
    ///
    /// @param by who ends it, or null if it ends by itself
    boolean dismiss(@Nullable UUID by, Instant now) {
        if (state == State.DISMISSED) {
            return false;
        }
        state = State.DISMISSED;
        since = now;
        endedBy = by;
        handoverFrom = null;
        raise(new RepresentationEvent.RepresentationDismissed(
                RepresentationEvent.RepresentationDismissed.By.of(by, account)));
        return true;
    }

    /// The account is erased: nothing that hints at a person stays.
    void forget() {
        knownAs = null;
    }

    /// Remembers whose place is taken until that other representation has ended, so that a kill in between heals.
    void takeOverFrom(UUID predecessor) {
        handoverFrom = predecessor;
    }

    void tookOver() {
        handoverFrom = null;
    }

    /// @param masked how the address was shown to which the account was invited
    void knownAs(String masked) {
        knownAs = masked;
    }

    /// Whether it is in force, in whichever role.
    boolean appointed() {
        return state == State.APPOINTED;
    }

    /// Whether the account may do everything for the organisation.
    boolean represents() {
        return appointed() && role.represents();
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

    /// Since when in this state and role.
    Instant since() {
        return since;
    }

    @Nullable
    String knownAs() {
        return knownAs;
    }

    @Nullable
    UUID endedBy() {
        return endedBy;
    }

    @Nullable
    UUID handoverFrom() {
        return handoverFrom;
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
