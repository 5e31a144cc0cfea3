package coop.imece.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The version a change is meant for; controllers take it as an argument.
///
/// @param header the `If-Match` header as it came, if it came
public record IfMatch(@Nullable String header) {

    /// The header of a request.
    public static IfMatch of(HttpServletRequest request) {
        return new IfMatch(request.getHeader("If-Match"));
    }

    /// The `ETag` of a version.
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    public boolean given() {
        return header != null && !header.isBlank();
    }

    /// 428 without a version, 412 with another one than the present; empty if the change may go on.
    public Optional<Problem> refusal(long present) {
        if (header == null || header.isBlank()) {
            return Optional.of(Problem.versionMissing(present));
        }
        boolean matches = Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag(present)));
        return matches ? Optional.empty() : Optional.of(Problem.changedMeanwhile(present));
    }
}
