package coop.imece.platform.aggregate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The compacted topic on which the events of an aggregate are published.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StateTopic {

    /// The topic, for example `events.gathering.v1`.
    String value();

    /// The type of the restatement, for example `events.gathering.restated.v1`.
    String restated();
}
