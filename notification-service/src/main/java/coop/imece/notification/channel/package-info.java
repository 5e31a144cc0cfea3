/// The ways out of the house and back in: what can be sent by e-mail and SMS, and what became of it.
@NullMarked
package coop.imece.notification.channel;

import org.jspecify.annotations.NullMarked;
