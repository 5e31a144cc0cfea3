/// Broadcasts: one announcement, change or cancellation of a gathering on its way to everyone concerned.
@NullMarked
package coop.imece.notification.broadcast;

import org.jspecify.annotations.NullMarked;
