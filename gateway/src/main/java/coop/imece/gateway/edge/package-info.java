/// The edge of the house: routes, what is let in, what is handed on, and what happens when a service is away.
@NullMarked
package coop.imece.gateway.edge;

import org.jspecify.annotations.NullMarked;
