/// Tests of the gateway: real sockets in front, stub services behind, the real database and broker beside.
@NullMarked
package coop.imece.gateway;

import org.jspecify.annotations.NullMarked;
