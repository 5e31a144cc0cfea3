/// Sealing of personal data for notification-service before it enters an outbox.
@NullMarked
package coop.imece.platform.seal;

import org.jspecify.annotations.NullMarked;
