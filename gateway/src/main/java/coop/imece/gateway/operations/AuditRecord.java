package coop.imece.gateway.operations;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// One command that was carried out, as its service recorded it. Written once, changed never, gone after 400 days.
///
/// @param id the message's id: a repeat is recognised by it
/// @param service which service did it
/// @param operation method and path pattern
/// @param aggregate the collection of what was changed
/// @param subject id of what was changed
/// @param facts types of the messages it raised
/// @param account who, or null for anyone
/// @param client the program, if it was one
/// @param onBehalfOf the organisation it was done for, if one was named
/// @param organisation the organisation whose it is, if it is one's
/// @param session id of the session or token
/// @param reason code of the reason that was stated, if one had to be
/// @param concerns the organisations that may read this entry
/// @param at when
@Document(AuditRecord.COLLECTION)
@CompoundIndex(name = "newest", def = "{'at': -1, '_id': -1}")
@CompoundIndex(name = "by-account", def = "{'account': 1, 'at': -1, '_id': -1}")
@CompoundIndex(name = "by-client", def = "{'client': 1, 'at': -1, '_id': -1}")
@CompoundIndex(name = "by-subject", def = "{'subject': 1, 'at': -1, '_id': -1}")
@CompoundIndex(name = "by-organisation", def = "{'concerns': 1, 'at': -1, '_id': -1}")
@CompoundIndex(name = "by-service", def = "{'service': 1, 'at': -1, '_id': -1}")
@CompoundIndex(name = "by-operation", def = "{'operation': 1, 'at': -1, '_id': -1}")
record AuditRecord(
        @Id UUID id,
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
        Set<UUID> concerns,
        @Indexed(name = "kept", expireAfter = "400d") Instant at) {

    static final String COLLECTION = "audit_records";
}
