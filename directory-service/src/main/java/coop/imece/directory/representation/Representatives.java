package coop.imece.directory.representation;

import coop.imece.platform.security.OrganisationRole;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.aggregation.AggregationExpression;
import org.springframework.data.mongodb.core.aggregation.BooleanOperators;
import org.springframework.data.mongodb.core.aggregation.ComparisonOperators;
import org.springframework.data.mongodb.core.aggregation.ConditionalOperators;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/// Who acts for an organisation: the truth, for whoever decides by it.
@Component
public class Representatives {

    private static final Duration LATELY = Duration.ofDays(30);
    private static final int MOST_ENDED = 20;
    private static final int MOST_CLAIMS = 20;
    private static final int MOST_UNREPRESENTED = 1000;

    private final Representations representations;
    private final Invitations invitations;
    private final MongoOperations mongo;
    private final Clock clock;

    Representatives(Representations representations, Invitations invitations, MongoOperations mongo, Clock clock) {
        this.representations = representations;
        this.invitations = invitations;
        this.mongo = mongo;
        this.clock = clock;
    }

    /// The role in which the account acts for the organisation now, if it does.
    public Optional<OrganisationRole> roleOf(UUID organisation, UUID account) {
        return representations
                .findById(Representation.idOf(organisation, account))
                .filter(Representation::appointed)
                .map(Representation::role);
    }

    /// Whether the account may do everything for the organisation now.
    public boolean represents(UUID organisation, UUID account) {
        return roleOf(organisation, account)
                .filter(OrganisationRole::represents)
                .isPresent();
    }

    /// Whether anybody may do everything for the organisation now.
    public boolean represented(UUID organisation) {
        return count(organisation) > 0;
    }

    long count(UUID organisation) {
        return representations.countByOrganisationAndStateAndRole(
                organisation, Representation.State.APPOINTED, OrganisationRole.REPRESENTATIVE);
    }

    /// Organisations that had people and have no representative any more; the latest first.
    public List<UUID> unrepresented() {
        AggregationExpression represents = BooleanOperators.And.and(
                ComparisonOperators.valueOf("state").equalToValue(Representation.State.APPOINTED.name()),
                ComparisonOperators.valueOf("role").equalToValue(OrganisationRole.REPRESENTATIVE.name()));
        return mongo
                .aggregate(
                        Aggregation.newAggregation(
                                Representation.class,
                                Aggregation.group("organisation")
                                        .max(ConditionalOperators.when(represents)
                                                .then(1)
                                                .otherwise(0))
                                        .as("represented")
                                        .max("since")
                                        .as("since"),
                                Aggregation.match(Criteria.where("represented").is(0)),
                                Aggregation.sort(Sort.by(Sort.Order.desc("since"), Sort.Order.asc("_id"))),
                                Aggregation.limit(MOST_UNREPRESENTED)),
                        Representation.class,
                        Unrepresented.class)
                .getMappedResults()
                .stream()
                .map(Unrepresented::id)
                .toList();
    }

    private record Unrepresented(UUID id) {}

    /// How many invitations wait to be accepted, if the account decides about them; else none.
    public long waitingInvitations(UUID organisation, UUID account) {
        return represents(organisation, account)
                ? invitations.countByOrganisationAndPurposeAndStateAndExpiresAtAfter(
                        organisation, Invitation.Purpose.INVITATION, Invitation.State.OPEN, now())
                : 0;
    }

    /// The organisations the account acts for, in whichever role.
    public List<UUID> organisationsOf(UUID account) {
        return representations.findByAccountAndState(account, Representation.State.APPOINTED).stream()
                .map(Representation::organisation)
                .toList();
    }

    /// A representation that somebody else ended.
    ///
    /// @param organisation for which organisation
    /// @param since since when
    public record Ended(UUID organisation, Instant since) {}

    /// What others ended for the account within the last thirty days; nobody else can tell the person.
    public List<Ended> endedLately(UUID account) {
        return representations
                .findByAccountAndStateAndSinceAfterOrderBySinceDesc(
                        account, Representation.State.DISMISSED, now().minus(LATELY), Limit.of(MOST_ENDED))
                .stream()
                .filter(ended -> ended.endedBy() != null && !account.equals(ended.endedBy()))
                .map(ended -> new Ended(ended.organisation(), ended.since()))
                .toList();
    }

    /// A claim whose link nobody has used yet.
    ///
    /// @param organisation what is claimed
    /// @param until when the link ends
    public record WaitingClaim(UUID organisation, Instant until) {}

    /// The claims of the account that can still come true, one for each organisation; the latest first.
    public List<WaitingClaim> waitingClaims(UUID account) {
        var latest = new LinkedHashMap<UUID, WaitingClaim>();
        for (Invitation claim : invitations.findByInvitedByAndPurposeAndStateAndExpiresAtAfterOrderByExpiresAtDesc(
                account, Invitation.Purpose.CLAIM, Invitation.State.OPEN, now(), Limit.of(MOST_CLAIMS))) {
            latest.putIfAbsent(claim.organisation(), new WaitingClaim(claim.organisation(), claim.expiresAt()));
        }
        latest.keySet().removeIf(this::represented);
        return List.copyOf(latest.values());
    }

    /// Appoints whoever registered the organisation. Repeating it changes nothing, not even a dismissal since.
    public void appointFirst(UUID organisation, UUID account) {
        if (representations.existsById(Representation.idOf(organisation, account))) {
            return;
        }
        try {
            representations.save(Representation.appoint(organisation, account, OrganisationRole.REPRESENTATIVE, now()));
        } catch (DuplicateKeyException _) {
            // The other of the two who may write it was faster.
        }
    }

    /// Ends everything the account does, also where it is the last: its person is gone. Repeating it changes nothing.
    ///
    /// @return how many documents were changed
    public int accountErased(UUID account) {
        int changed = 0;
        for (Representation representation : representations.findByAccount(account)) {
            changed += end(representation) ? 1 : 0;
        }
        for (Invitation invitation : invitations.findByAcceptedBy(account)) {
            if (!invitation.masked().isEmpty()) {
                invitation.forget();
                invitations.save(invitation);
                changed++;
            }
        }
        return changed;
    }

    private boolean end(Representation representation) {
        try {
            return ended(representation);
        } catch (OptimisticLockingFailureException e) {
            return ended(representations.findById(representation.id()).orElseThrow(() -> e));
        }
    }

    private boolean ended(Representation representation) {
        boolean known = representation.knownAs() != null;
        representation.forget();
        boolean changed = representation.dismiss(null, now()) || known;
        if (changed) {
            representations.save(representation);
        }
        return changed;
    }

    /// As precise as the store keeps it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
