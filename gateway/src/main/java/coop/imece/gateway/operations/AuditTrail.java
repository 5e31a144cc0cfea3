package coop.imece.gateway.operations;

import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// The audit of all services, kept where it can be asked.
///
/// Topic `platform.audit.v1`; idempotent by rule 2: an entry is inserted under the message's id, which is its own for
/// ever, since an entry is nobody's state and is never restated. What lacks a field goes to the dead letters; other
/// types are ignored.
@Component
class AuditTrail {

    static final String TYPE = "platform.audit.recorded.v1";

    private static final Sort NEWEST = Sort.by(Sort.Order.desc("at"), Sort.Order.desc("_id"));
    private static final String ORGANISATIONS = "organisations";
    private static final int MOST_COUNTED = 100_000;

    private final MongoOperations mongo;

    AuditTrail(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// The message as we read it.
    record Recorded(
            @Nullable String service,
            @Nullable String operation,
            @Nullable String aggregate,
            @Nullable UUID subject,
            @Nullable List<String> facts,
            @Nullable UUID account,
            @Nullable UUID client,
            @Nullable UUID onBehalfOf,
            @Nullable UUID organisation,
            @Nullable String session,
            @Nullable String reason,
            @Nullable Instant at) {

        AuditRecord as(UUID id) {
            UUID of = required(subject);
            String kind = required(aggregate);
            Set<UUID> concerns = new LinkedHashSet<>();
            if (organisation != null) {
                concerns.add(organisation);
            }
            if (onBehalfOf != null) {
                concerns.add(onBehalfOf);
            }
            if (kind.equals(ORGANISATIONS)) {
                concerns.add(of);
            }
            return new AuditRecord(
                    id,
                    required(service),
                    required(operation),
                    kind,
                    of,
                    facts == null ? List.of() : facts,
                    account,
                    client,
                    onBehalfOf,
                    organisation,
                    session,
                    reason,
                    concerns,
                    required(at).truncatedTo(ChronoUnit.MILLIS));
        }

        private static <T> T required(@Nullable T value) {
            if (value == null) {
                throw new InvalidMessage("a field of the audit is missing");
            }
            return value;
        }
    }

    void on(ReceivedMessage message) {
        if (!message.type().equals(TYPE)) {
            return;
        }
        try {
            mongo.insert(message.command(Recorded.class).as(message.id()));
        } catch (DuplicateKeyException _) {
            // Heard before.
        }
    }

    /// @param total how many there are on all pages, counted up to [#MOST_COUNTED]
    /// @param next where the next page begins; null on the last
    record Page(List<AuditRecord> items, long total, AuditQuery.@Nullable Cursor next) {}

    /// One page, newest first.
    Page find(AuditQuery query) {
        List<AuditRecord> found = new ArrayList<>(mongo.find(page(query).limit(query.limit() + 1), AuditRecord.class));
        AuditQuery.Cursor next = null;
        if (found.size() > query.limit()) {
            found.removeLast();
            next = new AuditQuery.Cursor(found.getLast().at(), found.getLast().id());
        }
        long total = next == null && query.after() == null
                ? found.size()
                : mongo.count(filtered(filters(query)).limit(MOST_COUNTED), AuditRecord.class);
        return new Page(List.copyOf(found), total, next);
    }

    private static List<Criteria> filters(AuditQuery query) {
        List<Criteria> all = new ArrayList<>();
        is(all, "account", query.account());
        is(all, "concerns", query.organisation());
        is(all, "client", query.client());
        is(all, "subject", query.subject());
        is(all, "service", query.service());
        is(all, "operation", query.operation());
        if (query.from() != null) {
            all.add(Criteria.where("at").gte(query.from()));
        }
        if (query.to() != null) {
            all.add(Criteria.where("at").lt(query.to()));
        }
        return all;
    }

    private static Query filtered(List<Criteria> all) {
        return all.isEmpty() ? new Query() : new Query(new Criteria().andOperator(all));
    }

    static Query page(AuditQuery query) {
        List<Criteria> all = filters(query);
        AuditQuery.Cursor after = query.after();
        if (after != null) {
            // The first bound lets the index be entered at the cursor; the rest decides among entries of one instant.
            all.add(Criteria.where("at").lte(after.at()));
            all.add(new Criteria()
                    .orOperator(
                            Criteria.where("at").lt(after.at()),
                            Criteria.where("_id").lt(after.id())));
        }
        return filtered(all).with(NEWEST);
    }

    private static void is(List<Criteria> all, String field, @Nullable Object value) {
        if (value != null) {
            all.add(Criteria.where(field).is(value));
        }
    }
}
