/// Signing in by a one-time code or link; there are no passwords.
@NullMarked
package coop.imece.gateway.signin;

import org.jspecify.annotations.NullMarked;
