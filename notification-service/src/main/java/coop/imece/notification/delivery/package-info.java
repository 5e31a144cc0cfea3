/// Deliveries: one message of one broadcast to one person by one way, from PENDING to its outcome. The store is the
/// queue, the broker hands out chunks of it.
@NullMarked
package coop.imece.notification.delivery;

import org.jspecify.annotations.NullMarked;
