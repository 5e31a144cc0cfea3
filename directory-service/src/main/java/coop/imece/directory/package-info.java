/// Who is in the network: organisations, who acts for them, and the codes everybody uses.
@NullMarked
package coop.imece.directory;

import org.jspecify.annotations.NullMarked;
