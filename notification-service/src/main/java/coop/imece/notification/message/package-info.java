/// Single messages to single people: sign-in codes and confirmations, on a lane of their own.
@NullMarked
package coop.imece.notification.message;

import org.jspecify.annotations.NullMarked;
