/// The contracts checked against themselves: no class is shipped from this module.
@NullMarked
package coop.imece.contracts;

import org.jspecify.annotations.NullMarked;
