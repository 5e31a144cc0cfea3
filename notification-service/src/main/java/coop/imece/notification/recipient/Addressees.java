package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import java.util.Optional;
import java.util.UUID;

/// To whom a delivery went; implemented by the delivery package, asked when somebody stops by a link.
public interface Addressees {

    Optional<Addressee> of(UUID delivery);

    /// @param recipient the id
    /// @param channel the way it went
    record Addressee(UUID recipient, Channel channel) {}
}
