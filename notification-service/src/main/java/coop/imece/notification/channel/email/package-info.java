/// E-mail out of the house: mails rendered once and completed per recipient, over pooled, pipelined SMTP connections.
@NullMarked
package coop.imece.notification.channel.email;

import org.jspecify.annotations.NullMarked;
