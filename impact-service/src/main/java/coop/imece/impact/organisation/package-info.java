/// What this service heard of organisations and of who acts for them.
@NullMarked
package coop.imece.impact.organisation;

import org.jspecify.annotations.NullMarked;
