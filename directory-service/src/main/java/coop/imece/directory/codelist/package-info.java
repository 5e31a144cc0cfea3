/// The codes the network writes and the words people read for them, in five languages; kept by administrators.
@NullMarked
package coop.imece.directory.codelist;

import org.jspecify.annotations.NullMarked;
