package coop.imece.directory.representation;

import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.security.OrganisationRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// That whoever holds a link may act for an organisation: a representative invites somebody, or somebody claims an
/// organisation nobody represents and its own contact point gets the link.
///
/// Invariants: it is accepted once; of the link only a hash is kept, of the address only what may be shown; the message
/// that carries both leaves with the first write.
///
/// It announces nothing and sends only a [SendMessage] that expires sooner than the document: this is why, unlike other
/// aggregates, it may be forgotten ([#forgetAt]) some weeks after it expired.
@Document("invitations")
@CompoundIndex(name = "by-organisation", def = "{'organisation': 1, 'purpose': 1, 'state': 1, 'expiresAt': 1}")
class Invitation extends AggregateRoot {

    static final Duration LIFE = Duration.ofDays(14);

    private static final Duration KEPT = Duration.ofDays(90);

    enum Purpose {
        /// A representative invites somebody.
        INVITATION,
        /// Nobody represents the organisation, and whoever reads its mail may.
        CLAIM
    }

    enum State {
        OPEN,
        ACCEPTED,
        WITHDRAWN,
        /// Never stored: it follows from the time.
        EXPIRED
    }

    private final Purpose purpose;
    private final UUID organisation;
    private final OrganisationRole role;
    private final String language;

    @Indexed(name = "invited-by")
    private final UUID invitedBy;

    private final boolean byAdministrator;
    private String masked;

    @Indexed(name = "links", unique = true)
    @SuppressWarnings("UnusedVariable") // the store reads it
    private final String linkHash;

    private final Instant expiresAt;

    @Indexed(name = "forgetting", expireAfter = "0s")
    @SuppressWarnings("UnusedVariable") // the store reads it
    private final Instant forgetAt;

    private State state;
    private @Nullable UUID handoverFrom;

    @Indexed(name = "accepted-by", sparse = true)
    private @Nullable UUID acceptedBy;

    private @Nullable Instant acceptedAt;

    @Indexed(name = "unfinished", sparse = true)
    private @Nullable Instant unfinishedSince;

    @PersistenceCreator
    Invitation(
            UUID id,
            Purpose purpose,
            UUID organisation,
            OrganisationRole role,
            String language,
            UUID invitedBy,
            boolean byAdministrator,
            String masked,
            String linkHash,
            Instant expiresAt,
            Instant forgetAt,
            State state) {
        super(id);
        this.purpose = purpose;
        this.organisation = organisation;
        this.role = role;
        this.language = language;
        this.invitedBy = invitedBy;
        this.byAdministrator = byAdministrator;
        this.masked = masked;
        this.linkHash = linkHash;
        this.expiresAt = expiresAt;
        this.forgetAt = forgetAt;
        this.state = state;
    }

    /// @param masked the address as it may be shown
    /// @param linkHash what the link is found by
    /// @param message carries the link to the address
    static Invitation open(
            UUID id,
            Purpose purpose,
            UUID organisation,
            OrganisationRole role,
            Inviter inviter,
            String masked,
            String linkHash,
            SendMessage message) {
        Invitation invitation = new Invitation(
                id,
                purpose,
                organisation,
                role,
                message.language(),
                inviter.account(),
                inviter.administrator(),
                masked,
                linkHash,
                message.expiresAt(),
                message.expiresAt().plus(KEPT),
                State.OPEN);
        invitation.raise(message);
        return invitation;
    }

    /// @param account who invites
    /// @param administrator whether as an administrator of the network
    record Inviter(UUID account, boolean administrator) {}

    /// Nothing is published of it.
    @Override
    protected Object publicState() {
        return Map.of();
    }

    State state(Instant now) {
        return state == State.OPEN && !now.isBefore(expiresAt) ? State.EXPIRED : state;
    }

    /// False if it is not open any more. What follows is done after this write, and taken up again after a kill.
    boolean accept(UUID account, Instant now) {
        if (state(now) != State.OPEN) {
            return false;
        }
        state = State.ACCEPTED;
        acceptedBy = account;
        acceptedAt = now;
        unfinishedSince = now;
        return true;
    }

    /// Whoever accepted it is erased: nothing that hints at a person stays.
    void forget() {
        masked = "";
    }

    /// What followed from the acceptance is written.
    void finish() {
        unfinishedSince = null;
    }

    /// False if it is not open any more.
    boolean withdraw(Instant now) {
        if (state(now) != State.OPEN) {
            return false;
        }
        state = State.WITHDRAWN;
        return true;
    }

    /// Whoever accepts takes the place of this account.
    void handOverFrom(UUID account) {
        handoverFrom = account;
    }

    Purpose purpose() {
        return purpose;
    }

    UUID organisation() {
        return organisation;
    }

    OrganisationRole role() {
        return role;
    }

    String language() {
        return language;
    }

    UUID invitedBy() {
        return invitedBy;
    }

    boolean byAdministrator() {
        return byAdministrator;
    }

    /// The address as it may be shown.
    String masked() {
        return masked;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    boolean finished() {
        return unfinishedSince == null;
    }

    @Nullable
    UUID handoverFrom() {
        return handoverFrom;
    }

    @Nullable
    UUID acceptedBy() {
        return acceptedBy;
    }

    @Nullable
    Instant acceptedAt() {
        return acceptedAt;
    }
}
