package coop.imece.gateway.operations;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who may read the audit: administrators all of it; a representative what was done for the own organisation or to what
/// is its own, without the sessions, which are between their holders and the network.
@Component
class AuditReading {

    private final AuditTrail records;

    AuditReading(AuditTrail records) {
        this.records = records;
    }

    /// How it ended.
    sealed interface Outcome {

        record Found(List<Entry> items, long total, AuditQuery.@Nullable Cursor next) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /// An entry as the reader may see it; the components are those of [AuditRecord].
    record Entry(
            UUID id,
            Instant at,
            String service,
            String operation,
            String aggregate,
            UUID subject,
            List<String> facts,
            @Nullable UUID account,
            @Nullable UUID client,
            @Nullable UUID onBehalfOf,
            @Nullable UUID organisation,
            @Nullable String session,
            @Nullable String reason) {

        static Entry of(AuditRecord record, boolean withSession) {
            return new Entry(
                    record.id(),
                    record.at(),
                    record.service(),
                    record.operation(),
                    record.aggregate(),
                    record.subject(),
                    record.facts(),
                    record.account(),
                    record.client(),
                    record.onBehalfOf(),
                    record.organisation(),
                    withSession ? record.session() : null,
                    record.reason());
        }
    }

    Outcome read(AuditQuery query, Caller caller) {
        if (!caller.signedIn()) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        UUID organisation = query.organisation();
        if (!caller.administrator() && (organisation == null || !caller.represents(organisation))) {
            return new Outcome.Refused(Problem.notAllowed());
        }
        AuditTrail.Page page = records.find(query);
        return new Outcome.Found(
                page.items().stream()
                        .map(record -> Entry.of(record, caller.administrator()))
                        .toList(),
                page.total(),
                page.next());
    }
}
