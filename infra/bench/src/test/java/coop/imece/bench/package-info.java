/// The kill test, and tests of what judges it.
@NullMarked
package coop.imece.bench;

import org.jspecify.annotations.NullMarked;
