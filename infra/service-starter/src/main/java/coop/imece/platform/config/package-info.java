/// The platform's defaults, wired.
@NullMarked
package coop.imece.platform.config;

import org.jspecify.annotations.NullMarked;
