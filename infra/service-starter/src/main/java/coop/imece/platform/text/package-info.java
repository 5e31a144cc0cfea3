/// Texts for people in several languages, and moments with their zone.
@NullMarked
package coop.imece.platform.text;

import org.jspecify.annotations.NullMarked;
