/// The calendar of the network: who gathers where and when.
@NullMarked
package coop.imece.events;

import org.jspecify.annotations.NullMarked;
