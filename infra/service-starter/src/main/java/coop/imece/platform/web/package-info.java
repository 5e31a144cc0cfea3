/// RFC 9457 problems, ETags, idempotent requests: what every HTTP answer of a service shares.
@NullMarked
package coop.imece.platform.web;

import org.jspecify.annotations.NullMarked;
