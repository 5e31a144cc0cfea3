/// Single messages to single people: codes and confirmations on one lane, invitations and notices on another.
@NullMarked
package coop.imece.notification.message;

import org.jspecify.annotations.NullMarked;
