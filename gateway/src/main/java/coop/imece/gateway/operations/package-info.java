/// What runs the network from inside: the audit, erasures and their receipts, dead letters, the state of the services.
@NullMarked
package coop.imece.gateway.operations;

import org.jspecify.annotations.NullMarked;
