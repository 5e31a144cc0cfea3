package coop.imece.notification.delivery;

import java.util.UUID;

/// Told whenever deliveries of a broadcast got their outcomes; a hint only, losing it delays nothing for long.
public interface Progress {

    void made(UUID broadcast);
}
