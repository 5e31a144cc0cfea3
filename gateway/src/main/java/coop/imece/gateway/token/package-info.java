/// The internal token: who is calling, vouched for to one service for thirty seconds.
@NullMarked
package coop.imece.gateway.token;

import org.jspecify.annotations.NullMarked;
