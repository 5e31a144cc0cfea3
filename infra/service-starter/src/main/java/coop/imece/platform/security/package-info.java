/// Who is calling: the internal token minted by the gateway, verified by each service.
@NullMarked
package coop.imece.platform.security;

import org.jspecify.annotations.NullMarked;
