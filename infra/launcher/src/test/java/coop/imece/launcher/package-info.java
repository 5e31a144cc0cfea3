@NullMarked
package coop.imece.launcher;

import org.jspecify.annotations.NullMarked;
