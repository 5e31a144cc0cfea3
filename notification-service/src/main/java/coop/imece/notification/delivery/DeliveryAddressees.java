package coop.imece.notification.delivery;

import coop.imece.notification.recipient.Addressees;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Tells the recipient package whom a stop link in a mail stands for.
@Component
class DeliveryAddressees implements Addressees {

    private final Deliveries deliveries;

    DeliveryAddressees(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public Optional<Addressee> of(UUID delivery) {
        return deliveries.addressee(delivery).map(told -> new Addressee(told.recipient(), told.channel()));
    }
}
