/// How documents are kept: converters, indexes, what a failing store looks like; and what is counted by the day.
@NullMarked
package coop.imece.platform.store;

import org.jspecify.annotations.NullMarked;
