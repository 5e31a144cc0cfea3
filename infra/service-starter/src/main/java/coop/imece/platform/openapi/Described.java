package coop.imece.platform.openapi;

import io.swagger.v3.oas.annotations.Operation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// What an operation of the API promises beyond what its signature says. The rest follows from the signature: a body,
/// an [coop.imece.platform.web.IfMatch], a [coop.imece.platform.security.NeedsScope] bring their headers, answers and
/// security with them.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation
public @interface Described {

    /// The name generated clients call it by: unique in the whole API.
    @AliasFor(annotation = Operation.class, attribute = "operationId")
    String id();

    /// One line, without a full stop.
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String summary();

    /// More about it, in Markdown: defaults, order, what is waited for.
    @AliasFor(annotation = Operation.class, attribute = "description")
    String description() default "";

    /// The body of a success; nothing if there is none.
    Class<?> answers() default Void.class;

    /// The body it takes, where the handler reads it otherwise than as this type: a merge patch, or JSON as it came.
    Class<?> takes() default Void.class;

    /// Names that must stand in the body.
    String[] required() default {};

    /// How it can succeed; 201 brings a `Location`.
    int[] success() default 200;

    /// How it can be refused beyond what follows from the signature.
    int[] refuses() default {};

    Access access() default Access.SIGNED_IN;

    /// Whether answers have a version (`ETag`).
    boolean versioned() default false;

    /// Who may call it at all; what they may do with which object is decided there.
    enum Access {
        EVERYBODY,
        SIGNED_IN
    }
}
