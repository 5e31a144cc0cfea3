/// The internal token: who is calling, vouched for to one service for thirty seconds; and the key pairs tokens are
/// signed with.
@NullMarked
package coop.imece.gateway.token;

import org.jspecify.annotations.NullMarked;
