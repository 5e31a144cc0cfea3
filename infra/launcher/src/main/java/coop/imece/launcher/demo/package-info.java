/// Fills a fresh network through the public API, as people would: fictitious organisations in real places.
@NullMarked
package coop.imece.launcher.demo;

import org.jspecify.annotations.NullMarked;
