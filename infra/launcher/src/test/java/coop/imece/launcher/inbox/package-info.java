@NullMarked
package coop.imece.launcher.inbox;

import org.jspecify.annotations.NullMarked;
