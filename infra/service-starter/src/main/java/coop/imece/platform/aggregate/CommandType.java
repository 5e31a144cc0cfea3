package coop.imece.platform.aggregate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Type and topic of a [Command].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CommandType {

    /// The explicit, versioned type, for example `notification.send-message.v1`.
    String value();

    /// The topic the command is sent to.
    String topic();
}
