/// Notification service: who wants to hear of what, and how it reaches them.
@NullMarked
package coop.imece.notification;

import org.jspecify.annotations.NullMarked;
