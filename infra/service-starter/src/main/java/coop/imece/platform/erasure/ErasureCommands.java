package coop.imece.platform.erasure;

import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/// Erases what the service holds of an account and writes the receipt.
///
/// Topic `platform.erasure.commands.v1`; idempotent: erasing twice finds nothing the second time, and the receipt has
/// an id that follows from erasure and service. First the traces, then the receipt: a kill in between repeats both,
/// so no receipt ever precedes what it confirms. A command without ids goes to the dead letters; other types are
/// ignored.
final class ErasureCommands {

    static final String TOPIC = "platform.erasure.commands.v1";
    static final String TYPE = "platform.erase-subject.v1";

    private static final Logger LOG = LoggerFactory.getLogger(ErasureCommands.class);

    private final Traces traces;
    private final MongoOperations mongo;
    private final Clock clock;
    private final String service;

    ErasureCommands(Traces traces, MongoOperations mongo, Clock clock, String service) {
        this.traces = traces;
        this.mongo = mongo;
        this.clock = clock;
        this.service = service;
    }

    record EraseSubject(@Nullable UUID erasure, @Nullable UUID account) {}

    void on(ReceivedMessage message) {
        if (!message.type().equals(TYPE)) {
            return;
        }
        EraseSubject command = message.command(EraseSubject.class);
        UUID erasure = command.erasure();
        UUID account = command.account();
        if (erasure == null || account == null) {
            throw new InvalidMessage("erasure or account is missing");
        }
        Map<String, Integer> erased = traces.erase(account);
        ErasureReceipt present = mongo.findById(ErasureReceipt.idOf(erasure, service), ErasureReceipt.class);
        ErasureReceipt receipt = present == null
                ? ErasureReceipt.blank(erasure, service, clock.instant().truncatedTo(ChronoUnit.MILLIS))
                : present;
        receipt.confirm(erased);
        mongo.save(receipt);
        LOG.info("Erasure {} is done here", erasure);
    }
}
