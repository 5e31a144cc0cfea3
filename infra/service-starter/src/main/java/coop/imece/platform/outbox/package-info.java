/// The relay that brings pending outbox entries to the broker, and removes them only after its acknowledgement.
@NullMarked
package coop.imece.platform.outbox;

import org.jspecify.annotations.NullMarked;
