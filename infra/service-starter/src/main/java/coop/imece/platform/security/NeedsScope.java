package coop.imece.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The scope a program needs for a handler, on the method or on its whole controller. Persons need none.
///
/// Without it a program may only read: an unsafe method nobody thought about is refused, not allowed.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NeedsScope {

    /// For example `gatherings:write`; all of them are listed in the API's description.
    String value();
}
