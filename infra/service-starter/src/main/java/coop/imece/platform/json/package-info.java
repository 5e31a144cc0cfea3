/// The two ways JSON is read: strictly at the HTTP border, leniently from topics.
@NullMarked
package coop.imece.platform.json;

import org.jspecify.annotations.NullMarked;
