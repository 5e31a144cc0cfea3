package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import java.util.UUID;

/// What happens to a recipient's consents. Ids only: registries outside ask us for the rest.
sealed interface RecipientEvent extends DomainEvent {

    @EventType("notification.consent.given.v1")
    record ConsentGiven(UUID consentId, Channel channel) implements RecipientEvent {}

    @EventType("notification.consent.withdrawn.v1")
    record ConsentWithdrawn(UUID consentId, Channel channel) implements RecipientEvent {}

    /// The last word: the recipient asked for everything to be deleted.
    @EventType("notification.consent.erased.v1")
    record RecipientErased() implements RecipientEvent {}
}
