package coop.imece.events.gathering;

import coop.imece.events.supply.Organisers;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Looking into the calendar: what is announced is for everybody, a draft for those with a role in its organiser.
@Component
class GatheringReading {

    private final Gatherings gatherings;
    private final GatheringCalendar calendar;
    private final GatheringPolicy policy;
    private final Organisers organisers;

    GatheringReading(Gatherings gatherings, GatheringCalendar calendar, GatheringPolicy policy, Organisers organisers) {
        this.gatherings = gatherings;
        this.calendar = calendar;
        this.policy = policy;
        this.organisers = organisers;
    }

    /// The gathering, if there is one for this reader.
    Optional<Gathering> one(Caller caller, UUID id) {
        return gatherings.findById(id).filter(found -> policy.mayRead(found, caller));
    }

    /// One page; drafts are found only by organiser, and only by those with a role in it.
    ListOutcome list(Caller caller, CalendarQuery query) {
        if (query.asksForDrafts()) {
            UUID organiser = query.organiser();
            if (!caller.signedIn()) {
                return new ListOutcome.Refused(Problem.notSignedIn());
            }
            if (organiser == null) {
                return new ListOutcome.Refused(Problem.badParameter("organiser"));
            }
            if (!organisers.soonReads(caller, organiser)) {
                return new ListOutcome.Refused(Problem.notAllowed());
            }
        }
        return new ListOutcome.Found(calendar.find(query));
    }

    /// What somebody gets to see.
    sealed interface ListOutcome {

        record Found(GatheringCalendar.Page page) implements ListOutcome {}

        record Refused(Problem problem) implements ListOutcome {}
    }
}
