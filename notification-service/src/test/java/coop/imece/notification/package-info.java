@NullMarked
package coop.imece.notification;

import org.jspecify.annotations.NullMarked;
