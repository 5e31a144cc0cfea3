/// Gatherings: drafted, announced, changed and cancelled by the representatives of verified organisations.
@NullMarked
package coop.imece.events.gathering;

import org.jspecify.annotations.NullMarked;
