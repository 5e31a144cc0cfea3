/// What the network sends, received on this machine: an SMTP server, an SMS centre, and one page that shows both.
@NullMarked
package coop.imece.launcher.inbox;

import org.jspecify.annotations.NullMarked;
