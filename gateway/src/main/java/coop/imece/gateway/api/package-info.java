/// The description of the whole API: one document made of those of the services, and a page to read and try it.
@NullMarked
package coop.imece.gateway.api;

import org.jspecify.annotations.NullMarked;
