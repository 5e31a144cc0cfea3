package coop.imece.events.supply;

import coop.imece.platform.inbox.View;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/// Who may speak for which organisation in the calendar.
///
/// Refuses late: news of an appointment or a verification may still be on its way, so a refusal waits for it, two
/// seconds at most. Admits early: the gateway's token may know of an appointment before this service. What it heard of
/// a dismissal counts at once.
@Component
public class Organisers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int MOST = 50;

    private final View<KnownOrganisation> organisations;
    private final View<KnownRepresentation> representations;

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
        if (!represents(caller, organisation) && !waitedFor(() -> represents(caller, organisation))) {
            return new Standing.Stranger();
        }
        return known.filter(KnownOrganisation::verified)
                .or(() -> organisations.await(organisation, KnownOrganisation::verified))
                .<Standing>map(Standing.Verified::new)
                .orElseGet(Standing.Unverified::new);
    }

    /// Whether the caller represents the organisation, as far as is known now: for reading, and wherever waiting would
    /// tell a stranger that something is there.
    public boolean represents(Caller caller, UUID organisation) {
        if (caller.program()) {
            return caller.represents(organisation);
        }
        UUID account = caller.account();
        if (account == null) {
            return false;
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
                .map(KnownRepresentation::stands)
                .orElseGet(() -> caller.represents(organisation));
    }

    /// The same, but waits before it says no.
    public boolean soonRepresents(Caller caller, UUID organisation) {
        return represents(caller, organisation)
                || caller.signedIn() && waitedFor(() -> represents(caller, organisation));
    }

    /// The organisations the caller represents, by name in the reader's language.
    public List<KnownOrganisation> of(Caller caller, String language) {
        UUID account = caller.account();
        if (account == null) {
            return List.of();
        }
        var ids = new LinkedHashSet<UUID>();
        for (Map.Entry<UUID, OrganisationRole> role : caller.organisations().entrySet()) {
            if (role.getValue() == OrganisationRole.REPRESENTATIVE) {
                ids.add(role.getKey());
            }
        }
        for (KnownRepresentation known :
                representations.find(Criteria.where("state.account").is(account), MOST)) {
            if (known.stands()) {
                ids.add(known.organisation());
            } else {
                ids.remove(known.organisation());
            }
        }
        var found = new ArrayList<KnownOrganisation>();
        for (UUID id : ids) {
            organisations.find(id).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(organisation -> organisation.name().text(language)));
        return List.copyOf(found);
    }

    public Optional<KnownOrganisation> find(UUID organisation) {
        return organisations.find(organisation);
    }

    private static boolean waitedFor(Supplier<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (condition.get()) {
                return true;
            }
        }
        return false;
    }

    /// How a caller stands to an organisation.
    public sealed interface Standing {

        /// Speaks for it, and it may announce.
        record Verified(KnownOrganisation organisation) implements Standing {}

        /// Speaks for it, but nobody has verified it.
        record Unverified() implements Standing {}

        /// Does not speak for it.
        record Stranger() implements Standing {}

        /// Nobody here has heard of it.
        record NotYetKnown() implements Standing {}
    }
}
