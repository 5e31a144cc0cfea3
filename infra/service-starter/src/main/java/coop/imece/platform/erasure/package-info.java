/// Erasure of an account: each service erases what it holds and sends a receipt.
@NullMarked
package coop.imece.platform.erasure;

import org.jspecify.annotations.NullMarked;
