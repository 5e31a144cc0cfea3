/// SMS out of the house and back in: the encoding that needs the fewest parts, over SMPP.
@NullMarked
package coop.imece.notification.channel.sms;

import org.jspecify.annotations.NullMarked;
