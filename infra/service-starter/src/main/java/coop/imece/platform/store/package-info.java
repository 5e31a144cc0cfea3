/// How documents are kept: converters, indexes, and what a failing store looks like.
@NullMarked
package coop.imece.platform.store;

import org.jspecify.annotations.NullMarked;
