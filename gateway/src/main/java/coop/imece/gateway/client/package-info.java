/// Programs: registered for an organisation or for the network, with scopes, and given access tokens by OAuth 2.1
/// client credentials.
@NullMarked
package coop.imece.gateway.client;

import org.jspecify.annotations.NullMarked;
