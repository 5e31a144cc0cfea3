/// A real Chromium for tests, and what holds on every page of the site.
@NullMarked
package coop.imece.platform.browser;

import org.jspecify.annotations.NullMarked;
