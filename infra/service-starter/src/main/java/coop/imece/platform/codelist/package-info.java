/// The code lists of the network as any service knows them: labels in five languages, and what may be written.
@NullMarked
package coop.imece.platform.codelist;

import org.jspecify.annotations.NullMarked;
