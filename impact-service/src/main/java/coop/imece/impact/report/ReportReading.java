package coop.imece.impact.report;

import coop.imece.impact.organisation.KnownOrganisations;
import coop.imece.impact.report.Report.State;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Reports for those who may read them ([ReportPolicy]).
@Component
class ReportReading {

    private final Reports reports;
    private final ReportPolicy policy;
    private final KnownOrganisations organisations;
    private final MongoOperations mongo;

    ReportReading(Reports reports, ReportPolicy policy, KnownOrganisations organisations, MongoOperations mongo) {
        this.reports = reports;
        this.policy = policy;
        this.organisations = organisations;
        this.mongo = mongo;
    }

    /// The report, if the caller may know of it.
    Optional<Report> find(Caller caller, UUID id) {
        return reports.findById(id).filter(report -> policy.mayRead(report, caller));
    }

    /// The report of the year before, to compare with, if the caller may see that one, too.
    Optional<Report> yearBefore(Caller caller, Report report) {
        String before = String.valueOf(Integer.parseInt(report.period()) - 1);
        return reports.findByOrganisationAndPeriod(report.organisation(), before)
                .filter(earlier -> ReportPolicy.SUBMITTED_ONCE.contains(earlier.state())
                        || organisations.reads(caller, earlier.organisation()));
    }

    /// The reports of these cooperatives for a year, by cooperative.
    Map<UUID, Report> ofYear(Collection<UUID> cooperatives, String period) {
        return reports.findByOrganisationInAndPeriod(cooperatives, period).stream()
                .collect(Collectors.toMap(Report::organisation, report -> report));
    }

    /// @param organisation only this one
    /// @param period only this year
    /// @param state only those in this state
    record Filter(
            @Nullable UUID organisation,
            @Nullable String period,
            @Nullable State state) {}

    /// @param items newest year first, then by id
    /// @param total how many there are in all
    /// @param next the cursor behind the last one, if there are more
    record Found(List<Report> items, long total, @Nullable String next) {}

    /// A page of the reports the caller may see.
    Found list(Caller caller, Filter filter, @Nullable String cursor, int limit) {
        Criteria which = visible(caller, filter);
        long total = mongo.count(new Query(which), Report.class);
        Criteria from = cursor == null ? which : new Criteria().andOperator(which, after(cursor));
        List<Report> items = mongo.find(page(from, limit + 1), Report.class);
        if (items.size() <= limit) {
            return new Found(items, total, null);
        }
        Report last = items.get(limit - 1);
        return new Found(items.subList(0, limit), total, encoded(last));
    }

    static Query page(Criteria which, int limit) {
        return new Query(which)
                .with(Sort.by(Sort.Order.desc("period"), Sort.Order.asc("_id")))
                .limit(limit);
    }

    private Criteria visible(Caller caller, Filter filter) {
        UUID organisation = filter.organisation();
        if (organisation != null && reads(caller, organisation)) {
            return of(List.of(organisation), filter);
        }
        if (caller.reviewer()) {
            return toReviewer(filter, organisation == null ? organisations.of(caller, anyRole -> true) : Set.of());
        }
        return of(
                organisations.of(caller, anyRole -> true).stream()
                        .filter(o -> organisation == null || o.equals(organisation))
                        .toList(),
                filter);
    }

    private static Criteria of(Collection<UUID> organisations, Filter filter) {
        Criteria which = Criteria.where("organisation").in(organisations);
        which = filter.state() == null ? which : which.and("state").is(filter.state());
        return filter.period() == null ? which : which.and("period").is(filter.period());
    }

    /// What was submitted once, and the reviewer's own besides. Each branch alone is in the order of the list.
    private static Criteria toReviewer(Filter filter, Set<UUID> own) {
        State state = filter.state();
        if (state != null && !ReportPolicy.SUBMITTED_ONCE.contains(state)) {
            return of(own, filter);
        }
        Criteria submitted =
                Criteria.where("state").in(state == null ? ReportPolicy.SUBMITTED_ONCE : EnumSet.of(state));
        submitted = filter.organisation() == null
                ? submitted
                : submitted.and("organisation").is(filter.organisation());
        submitted =
                filter.period() == null ? submitted : submitted.and("period").is(filter.period());
        return state != null || own.isEmpty() ? submitted : new Criteria().orOperator(submitted, of(own, filter));
    }

    /// A reviewer is not kept waiting for news of an appointment.
    private boolean reads(Caller caller, UUID organisation) {
        return caller.reviewer()
                ? organisations.reads(caller, organisation)
                : organisations.soonReads(caller, organisation);
    }

    /// Whether there may be drafts the caller sees.
    boolean seesDrafts(Caller caller) {
        return !organisations.of(caller, anyRole -> true).isEmpty();
    }

    private static String encoded(Report last) {
        String place = last.period() + "/" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Criteria after(String cursor) {
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String period = place.substring(0, place.indexOf('/'));
            UUID id = UUID.fromString(place.substring(place.indexOf('/') + 1));
            return new Criteria()
                    .orOperator(
                            Criteria.where("period").lt(period),
                            Criteria.where("period").is(period).and("_id").gt(id));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException _) {
            throw new ProblemException(Problem.badParameter("cursor"));
        }
    }
}
