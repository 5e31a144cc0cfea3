package coop.imece.impact.report;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;

/// What is published of a report; its values stay here.
sealed interface ReportEvent extends DomainEvent {

    @EventType("impact.report.submitted.v1")
    record ReportSubmitted() implements ReportEvent {}

    @EventType("impact.report.returned.v1")
    record ReportReturned() implements ReportEvent {}

    @EventType("impact.report.approved.v1")
    record ReportApproved() implements ReportEvent {}
}
