package coop.imece.platform.aggregate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The explicit, versioned CloudEvents `type` of a [DomainEvent], for example `events.gathering.announced.v1`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /// The type as it travels; never changed once published.
    String value();
}
