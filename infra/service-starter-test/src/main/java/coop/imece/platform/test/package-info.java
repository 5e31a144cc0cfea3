/// What the tests of all services share.
@NullMarked
package coop.imece.platform.test;

import org.jspecify.annotations.NullMarked;
