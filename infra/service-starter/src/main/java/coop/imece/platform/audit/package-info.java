/// The audit: who did what, for whom and when, written with the document it changed.
@NullMarked
package coop.imece.platform.audit;

import org.jspecify.annotations.NullMarked;
