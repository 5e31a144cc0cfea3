package coop.imece.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a request record: fields that only the server sets. They are refused by name (`read-only`), not ignored.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ServerOwned {

    /// The names as they stand in JSON, for example `state`, `asOf`.
    String[] value();
}
