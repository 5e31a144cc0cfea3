package coop.imece.events.supply;

import coop.imece.platform.inbox.BriefWait;
import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/// Who may speak for which organisation in the calendar.
///
/// Refuses late: news of an appointment or a verification may still be on its way, so a refusal waits for it, two
/// seconds at most. Admits early: the gateway's token may know of an appointment before this service. What it heard of
/// a dismissal counts at once.
@Component
public class Organisers {

    private static final int MOST = 50;

    private final View<KnownOrganisation> organisations;
    private final View<KnownRepresentation> representations;
    private final BriefWait wait = new BriefWait();

    Organisers(View<KnownOrganisation> organisations, View<KnownRepresentation> representations) {
        this.organisations = organisations;
        this.representations = representations;
    }

    /// Whether the caller may announce for the organisation; waits before it says no.
    public Standing standing(Caller caller, UUID organisation) {
        Optional<KnownOrganisation> known = organisations.find(organisation);
        if (known.isEmpty()) {
            known = organisations.await(organisation, found -> true);
        }
        if (known.isEmpty()) {
            return new Standing.NotYetKnown();
        }
        if (!soonEdits(caller, organisation)) {
            return new Standing.Stranger();
        }
        return known.filter(KnownOrganisation::verified)
                .or(() -> organisations.await(organisation, KnownOrganisation::verified))
                .<Standing>map(Standing.Verified::new)
                .orElseGet(Standing.Unverified::new);
    }

    /// Whether the caller has any role in the organisation, as far as is known now: for reading, and wherever waiting
    /// would tell a stranger that something is there.
    public boolean reads(Caller caller, UUID organisation) {
        return role(caller, organisation).isPresent();
    }

    /// The same, but waits before it says no.
    public boolean soonReads(Caller caller, UUID organisation) {
        return reads(caller, organisation) || caller.signedIn() && waitedFor(() -> reads(caller, organisation));
    }

    /// Whether the caller may write and announce for the organisation, as far as is known now.
    public boolean edits(Caller caller, UUID organisation) {
        return role(caller, organisation).filter(OrganisationRole::edits).isPresent();
    }

    /// The same, but waits before it says no.
    public boolean soonEdits(Caller caller, UUID organisation) {
        return edits(caller, organisation) || caller.signedIn() && waitedFor(() -> edits(caller, organisation));
    }

    /// A program is appointed by nobody: its token says whose it is.
    private Optional<OrganisationRole> role(Caller caller, UUID organisation) {
        if (caller.program()) {
            return Optional.ofNullable(caller.roleIn(organisation));
        }
        UUID account = caller.account();
        if (account == null) {
            return Optional.empty();
        }
        return representations
                .find(
                        Criteria.where("state.account")
                                .is(account)
                                .and("state.organisation")
                                .is(organisation),
                        1)
                .stream()
                .findFirst()
                .map(KnownRepresentation::standing)
                .orElseGet(() -> Optional.ofNullable(caller.roleIn(organisation)));
    }

    /// The organisations in which the caller has a role, by name in the reader's language.
    ///
    /// @param role which roles count
    public List<KnownOrganisation> of(Caller caller, Predicate<OrganisationRole> role, String language) {
        UUID account = caller.account();
        if (account == null) {
            return List.of();
        }
        var roles = new LinkedHashMap<>(caller.organisations());
        for (KnownRepresentation known :
                representations.find(Criteria.where("state.account").is(account), MOST)) {
            known.standing()
                    .ifPresentOrElse(
                            standing -> roles.put(known.organisation(), standing),
                            () -> roles.remove(known.organisation()));
        }
        var found = new ArrayList<KnownOrganisation>();
        roles.forEach((id, standing) -> {
            if (role.test(standing)) {
                organisations.find(id).ifPresent(found::add);
            }
        });
        found.sort(Comparator.comparing(
                organisation -> organisation.name().text(language),
                Collator.getInstance(Locale.of(language))::compare));
        return List.copyOf(found);
    }

    public Optional<KnownOrganisation> find(UUID organisation) {
        return organisations.find(organisation);
    }

    private boolean waitedFor(BooleanSupplier condition) {
        return wait.await(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty())
                .isPresent();
    }

    /// How a caller stands to an organisation.
    public sealed interface Standing {

        /// Writes for it, and it may announce.
        record Verified(KnownOrganisation organisation) implements Standing {}

        /// Writes for it, but nobody has verified it.
        record Unverified() implements Standing {}

        /// Does not write for it.
        record Stranger() implements Standing {}

        /// Nobody here has heard of it.
        record NotYetKnown() implements Standing {}
    }
}
