/// A real Kafka broker and a real MongoDB as processes of this machine, for the launcher, the tests and the bench.
@NullMarked
package coop.imece.platform.servers;

import org.jspecify.annotations.NullMarked;
