/// What the gateway heard of organisations and of who may act for them.
@NullMarked
package coop.imece.gateway.organisation;

import org.jspecify.annotations.NullMarked;
