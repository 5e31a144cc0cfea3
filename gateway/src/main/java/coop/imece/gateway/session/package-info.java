/// Sessions: signed-in browsers and bearer tokens, listed and ended alike.
@NullMarked
package coop.imece.gateway.session;

import org.jspecify.annotations.NullMarked;
