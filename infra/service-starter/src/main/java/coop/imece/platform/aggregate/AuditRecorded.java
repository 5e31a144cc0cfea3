package coop.imece.platform.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One entry of the audit: it leaves with the change it tells of, or not at all.
///
/// @param service which service did it
/// @param operation method and path pattern
/// @param aggregate the collection of what was changed
/// @param subject id of what was changed
/// @param facts types of the messages the change raised
/// @param account who, absent for anyone
/// @param client the program, if it was one
/// @param onBehalfOf the organisation it was done for, if one was named
/// @param organisation the organisation whose it is what was changed, if it is one's
/// @param session id of the session or token
/// @param reason code of the reason that was stated, if one had to be
/// @param at when
@JsonInclude(JsonInclude.Include.NON_NULL)
@CommandType(value = AuditRecorded.TYPE, topic = AuditRecorded.TOPIC)
public record AuditRecorded(
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
        @Nullable String reason,
        Instant at)
        implements Command {

    public static final String TOPIC = "platform.audit.v1";
    public static final String TYPE = "platform.audit.recorded.v1";

    /// What an act did to an aggregate.
    static AuditRecorded of(
            Act act, String service, String collection, AggregateRoot aggregate, List<String> facts, Instant at) {
        return new AuditRecorded(
                service,
                act.operation(),
                collection,
                aggregate.id(),
                facts,
                act.account(),
                act.client(),
                act.onBehalfOf(),
                aggregate.belongsTo(),
                act.session(),
                aggregate.statedReason(),
                at);
    }

    @Override
    public String key() {
        return subject.toString();
    }
}
