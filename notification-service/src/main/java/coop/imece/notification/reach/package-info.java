/// How many people a gathering would reach, before it is announced: counts, never people.
@NullMarked
package coop.imece.notification.reach;

import org.jspecify.annotations.NullMarked;
