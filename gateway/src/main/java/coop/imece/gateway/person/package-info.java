/// What people do with their own account: its addresses, its export, its erasure.
@NullMarked
package coop.imece.gateway.person;

import org.jspecify.annotations.NullMarked;
