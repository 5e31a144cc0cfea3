/// The texts people agree to: versioned data, never changed once somebody agreed.
@NullMarked
package coop.imece.notification.consent;

import org.jspecify.annotations.NullMarked;
