/// Starts the whole of İmece on one machine, each part as its own process, and keeps it running.
@NullMarked
package coop.imece.launcher;

import org.jspecify.annotations.NullMarked;
