/// Who acts for which organisation.
@NullMarked
package coop.imece.directory.representation;

import org.jspecify.annotations.NullMarked;
