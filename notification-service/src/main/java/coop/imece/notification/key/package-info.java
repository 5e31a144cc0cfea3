/// Keys of this service: keyed hashes, signed tokens, encryption of addresses at rest.
@NullMarked
package coop.imece.notification.key;

import org.jspecify.annotations.NullMarked;
