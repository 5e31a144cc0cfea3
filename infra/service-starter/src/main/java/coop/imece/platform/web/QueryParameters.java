package coop.imece.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a handler below `/api/` that reads query parameters by other means than `@RequestParam` or a bound record: the
/// names it knows. Every other one is answered 400.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface QueryParameters {

    String[] value();
}
