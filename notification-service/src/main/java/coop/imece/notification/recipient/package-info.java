/// People who asked to hear of something: addresses, interests, consents, and the ways to stop.
@NullMarked
package coop.imece.notification.recipient;

import org.jspecify.annotations.NullMarked;
