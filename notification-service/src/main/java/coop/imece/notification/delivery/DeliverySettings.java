package coop.imece.notification.delivery;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How deliveries are carried out.
///
/// @param retryAfter how long to wait after each "later" of the other side; after the last one the delivery fails
/// @param unreachableAfter how long to wait while the other side cannot be reached, which is no try
/// @param unwritten how many mails may be sent whose outcome is not yet written: the most that a kill repeats
/// @param flushEvery how long an outcome waits to be written
/// @param freshFor how old consent and suppression may be when a mail goes onto the wire
/// @param chunkTime how long a worker stays with one chunk; what is left is handed out anew
@ConfigurationProperties("imece.delivery")
record DeliverySettings(
        @DefaultValue({"2m", "15m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("15s") Duration unreachableAfter,
        @DefaultValue("100") int unwritten,
        @DefaultValue("100ms") Duration flushEvery,
        @DefaultValue("4s") Duration freshFor,
        @DefaultValue("2m") Duration chunkTime) {

    DeliverySettings {
        retryAfter = List.copyOf(retryAfter);
    }
}
