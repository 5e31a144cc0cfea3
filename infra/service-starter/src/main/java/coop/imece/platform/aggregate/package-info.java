/// Aggregate roots that carry their own outbox: one change is one document write.
@NullMarked
package coop.imece.platform.aggregate;

import org.jspecify.annotations.NullMarked;
