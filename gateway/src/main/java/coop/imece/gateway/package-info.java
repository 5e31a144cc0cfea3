/// The single public entry: sign-in, sessions, routes, limits, home and desk.
@NullMarked
package coop.imece.gateway;

import org.jspecify.annotations.NullMarked;
