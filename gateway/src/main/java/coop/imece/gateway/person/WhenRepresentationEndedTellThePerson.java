package coop.imece.gateway.person;

import coop.imece.gateway.account.AccountAddresses;
import coop.imece.gateway.organisation.KnownOrganisations;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/// Tells somebody whose task for an organisation was ended by others that it was.
///
/// Topic `directory.representation.v1`; idempotent by what is sent: the ids of the messages derive from the
/// representation and the sequence of its dismissal, and notification-service recognises a repeat. Facts older than 48
/// hours tell nobody anything; whoever left by themselves knows. Without having heard the organisation's name nothing
/// can be said: then the message goes to the dead letters.
@Configuration(proxyBeanMethods = false)
class WhenRepresentationEndedTellThePerson {

    private static final String DISMISSED = "directory.representation.dismissed.v1";
    private static final Duration NEWS = Duration.ofDays(2);

    private final AccountAddresses addresses;
    private final KnownOrganisations organisations;
    private final PublicAddress address;
    private final Clock clock;

    WhenRepresentationEndedTellThePerson(
            AccountAddresses addresses, KnownOrganisations organisations, PublicAddress address, Clock clock) {
        this.addresses = addresses;
        this.organisations = organisations;
        this.address = address;
        this.clock = clock;
    }

    @Bean
    Consumer<Message<List<byte[]>>> representationReactions(Inbox inbox) {
        return inbox.each(this::on);
    }

    void on(ReceivedMessage message) {
        if (!message.type().equals(DISMISSED)
                || message.olderThan(NEWS, clock.instant())
                || !"OTHERS".equals(message.fact(Dismissed.class).by())) {
            return;
        }
        Ended ended = message.state(Ended.class);
        addresses.tell(
                ended.account(),
                message.subject() + "/" + message.sequence(),
                "representation-ended",
                language -> Map.of(
                        "organisation",
                        organisations
                                .find(ended.organisation())
                                .orElseThrow()
                                .name()
                                .text(language.tag()),
                        "link",
                        address.of("/desk")));
    }

    /// What we need of the message.
    record Ended(UUID organisation, UUID account) {}

    /// @param by who ended it; absent in messages from before this was said
    record Dismissed(@Nullable String by) {}
}
