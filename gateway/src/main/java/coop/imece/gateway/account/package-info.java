/// Accounts: who somebody is, by which addresses, with which roles in the whole network.
@NullMarked
package coop.imece.gateway.account;

import org.jspecify.annotations.NullMarked;
