package coop.imece.platform.erasure;

import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// The receipt as it travels to the gateway.
///
/// @param erasure the erasure it belongs to
/// @param service whose store confirms
/// @param confirmedAt when it was done first
/// @param erased what was there and is gone, counted by kind
@CommandType(value = ErasureConfirmed.TYPE, topic = ErasureConfirmed.TOPIC)
record ErasureConfirmed(UUID erasure, String service, Instant confirmedAt, Map<String, Integer> erased)
        implements Command {

    static final String TOPIC = "platform.erasure.v1";
    static final String TYPE = "platform.erasure.confirmed.v1";

    @Override
    public String key() {
        return erasure.toString();
    }
}
