/// Journeys over all processes: a real broker, a real database, five services, the sinks; by HTTP and in a browser.
@NullMarked
package coop.imece.journey;

import org.jspecify.annotations.NullMarked;
