package coop.imece.impact.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import coop.imece.impact.report.ReportEvent.ReportApproved;
import coop.imece.impact.report.ReportEvent.ReportReturned;
import coop.imece.impact.report.ReportEvent.ReportSubmitted;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.StateTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// What one cooperative says of itself for one year.
///
/// Invariants:
/// - one report per organisation and year (unique index `claim`);
/// - DRAFT → SUBMITTED → APPROVED, or SUBMITTED → RETURNED → SUBMITTED; values change in DRAFT and RETURNED only;
/// - who submitted it does not approve it, nor does anybody else of the cooperative ([ReportPolicy]);
/// - a value that is missing was not reported; nothing ever turns it into zero;
/// - `region` is where the organisation was when the report was approved: the scope its values count for.
@Document("reports")
@CompoundIndex(name = "claim", def = "{'organisation': 1, 'period': 1}", unique = true)
@CompoundIndex(name = "results", def = "{'state': 1, 'period': 1, 'region': 1}")
@CompoundIndex(name = "own", def = "{'organisation': 1, 'period': -1, '_id': 1}")
@CompoundIndex(name = "review", def = "{'state': 1, 'period': -1, '_id': 1}")
@StateTopic(value = "impact.report.v1", restated = "impact.report.restated.v1")
class Report extends AggregateRoot {

    private final UUID organisation;
    private final String period;
    private State state;
    private List<ReportedValue> values;

    @SuppressWarnings("UnusedVariable") // the store reads it
    private @Nullable String region;

    private @Nullable UUID submittedBy;
    private @Nullable Instant submittedAt;
    private @Nullable UUID reviewedBy;
    private @Nullable Instant approvedAt;
    private @Nullable String comment;

    enum State {
        DRAFT,
        SUBMITTED,
        RETURNED,
        APPROVED
    }

    /// How a step in the life cycle went.
    enum Step {
        /// The report is now where it was meant to be.
        TAKEN,
        /// It was there before; nothing changed.
        REPEATED,
        /// From the present state there is no such step.
        NOT_FROM_HERE,
        /// Who submitted a report does not approve it.
        BY_THE_SUBMITTER
    }

    Report(UUID id, UUID organisation, String period, State state, List<ReportedValue> values) {
        super(id);
        this.organisation = organisation;
        this.period = period;
        this.state = state;
        this.values = new ArrayList<>(values);
    }

    static Report draft(UUID id, UUID organisation, String period, List<ReportedValue> values) {
        return new Report(id, organisation, period, State.DRAFT, values);
    }

    /// Replaces the values; false if the report is not open to change.
    boolean change(List<ReportedValue> values) {
        if (!open()) {
            return false;
        }
        this.values = new ArrayList<>(values);
        return true;
    }

    Step submit(UUID account, Instant now) {
        if (state == State.SUBMITTED) {
            return Step.REPEATED;
        }
        if (!open()) {
            return Step.NOT_FROM_HERE;
        }
        state = State.SUBMITTED;
        submittedBy = account;
        submittedAt = now;
        comment = null;
        raise(new ReportSubmitted());
        return Step.TAKEN;
    }

    Step giveBack(UUID reviewer, String comment) {
        if (state == State.RETURNED && comment.equals(this.comment)) {
            return Step.REPEATED;
        }
        if (state != State.SUBMITTED) {
            return Step.NOT_FROM_HERE;
        }
        state = State.RETURNED;
        reviewedBy = reviewer;
        this.comment = comment;
        raise(new ReportReturned());
        return Step.TAKEN;
    }

    Step approve(UUID reviewer, @Nullable String region, Instant now) {
        if (state == State.APPROVED) {
            return Step.REPEATED;
        }
        if (state != State.SUBMITTED) {
            return Step.NOT_FROM_HERE;
        }
        if (reviewer.equals(submittedBy)) {
            return Step.BY_THE_SUBMITTER;
        }
        state = State.APPROVED;
        reviewedBy = reviewer;
        approvedAt = now;
        this.region = region;
        raise(new ReportApproved());
        return Step.TAKEN;
    }

    /// Forgets an account whose part in it decides nothing any more: only while the report is back with its author.
    void forget(UUID account) {
        if (state == State.RETURNED) {
            submittedBy = account.equals(submittedBy) ? null : submittedBy;
            reviewedBy = account.equals(reviewedBy) ? null : reviewedBy;
        }
    }

    /// Whether its values may change.
    boolean open() {
        return state == State.DRAFT || state == State.RETURNED;
    }

    boolean holds(UUID organisation, String period, List<ReportedValue> values) {
        return this.organisation.equals(organisation) && this.period.equals(period) && this.values.equals(values);
    }

    UUID organisation() {
        return organisation;
    }

    String period() {
        return period;
    }

    State state() {
        return state;
    }

    List<ReportedValue> values() {
        return List.copyOf(values);
    }

    /// The number reported for an indicator, if one was.
    OptionalLong value(String indicator) {
        return values.stream()
                .filter(v -> v.indicator().equals(indicator))
                .mapToLong(ReportedValue::value)
                .findFirst();
    }

    Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    Optional<Instant> submittedAt() {
        return Optional.ofNullable(submittedAt);
    }

    Optional<Instant> approvedAt() {
        return Optional.ofNullable(approvedAt);
    }

    boolean submittedBy(@Nullable UUID account) {
        return account != null && Objects.equals(submittedBy, account);
    }

    @Override
    protected UUID belongsTo() {
        return organisation;
    }

    @Override
    protected PublicState publicState() {
        return new PublicState(id(), organisation, period, state, submittedAt, approvedAt);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublicState(
            UUID id,
            UUID organisation,
            String period,
            State state,
            @Nullable Instant submittedAt,
            @Nullable Instant approvedAt) {}
}
