package coop.imece.directory.representation;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.ReceivedMessage;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// Repeats the second write of a registration, so that a kill between the two heals.
///
/// Topic `directory.organisation.v1`; idempotent by rule 2: the id of what is made follows from organisation and
/// account, so a repeated, late or replayed message changes nothing, and the age of the fact does not matter. Other
/// types are ignored; a message without `registeredBy` goes to the dead letters.
@Configuration(proxyBeanMethods = false)
class WhenOrganisationRegisteredAppointRepresentative {

    private static final String REGISTERED = "directory.organisation.registered.v1";

    private final Representatives representatives;

    WhenOrganisationRegisteredAppointRepresentative(Representatives representatives) {
        this.representatives = representatives;
    }

    @Bean
    Consumer<Message<List<byte[]>>> organisationReactions(Inbox inbox) {
        return inbox.each(this::on);
    }

    void on(ReceivedMessage message) {
        if (message.type().equals(REGISTERED)) {
            representatives.appointFirst(
                    message.aggregateId(), message.fact(Registered.class).registeredBy());
        }
    }

    /// The one field of the message we need.
    record Registered(UUID registeredBy) {}
}
