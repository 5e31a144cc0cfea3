/// Measurements: each prints a ratio to a bare baseline of the same run, never a verdict.
@NullMarked
package coop.imece.bench;

import org.jspecify.annotations.NullMarked;
