package coop.imece.gateway.account;

import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.time.Instant;
import java.util.UUID;

/// Asks every service to erase what it holds of an account; each answers with a receipt that names the erasure.
///
/// @param erasure this erasure
/// @param account whose traces
/// @param requestedAt when the person asked for it
@CommandType(value = "platform.erase-subject.v1", topic = "platform.erasure.commands.v1")
record EraseSubject(UUID erasure, UUID account, Instant requestedAt) implements Command {

    @Override
    public String key() {
        return erasure.toString();
    }
}
