package coop.imece.platform.web;

import java.util.List;

/// One thing wrong with one field of the input.
///
/// @param pointer RFC 6901 pointer into the request body as a URI fragment, for example `#/identifiers/0/value`
/// @param code stable code; its text is the message `error.<code>` in five languages
/// @param args arguments of the message, for example the limit that was exceeded
public record FieldError(String pointer, String code, List<Object> args) {

    public static FieldError of(String pointer, String code, Object... args) {
        return new FieldError(pointer, code, List.of(args));
    }
}
