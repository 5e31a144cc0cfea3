@NullMarked
package coop.imece.platform.servers;

import org.jspecify.annotations.NullMarked;
