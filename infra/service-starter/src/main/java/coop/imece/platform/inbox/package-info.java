/// Receiving messages: views, reactions, dead letters.
@NullMarked
package coop.imece.platform.inbox;

import org.jspecify.annotations.NullMarked;
