/// Measures what the network achieves: indicators, reports, results.
@NullMarked
package coop.imece.impact;

import org.jspecify.annotations.NullMarked;
