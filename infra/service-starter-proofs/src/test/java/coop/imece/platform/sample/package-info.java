/// A service as small as can be: what the proofs of the starter are proved on.
@NullMarked
package coop.imece.platform.sample;

import org.jspecify.annotations.NullMarked;
