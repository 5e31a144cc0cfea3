/// What this service heard of the others: organisations, who represents them, and whom an announcement reached.
@NullMarked
package coop.imece.events.supply;

import org.jspecify.annotations.NullMarked;
