package coop.imece.gateway.operations;

import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.time.Instant;
import java.util.UUID;

/// Asks every service once more to erase what it holds of an account.
///
/// @param erasure which erasure; receipts name it
/// @param account whose traces
/// @param requestedAt when it was asked for first
@CommandType(value = EraseSubject.TYPE, topic = EraseSubject.TOPIC)
record EraseSubject(UUID erasure, UUID account, Instant requestedAt) implements Command {

    static final String TOPIC = "platform.erasure.commands.v1";
    static final String TYPE = "platform.erase-subject.v1";

    @Override
    public String key() {
        return account.toString();
    }
}
