package coop.imece.platform.web;

import java.util.List;
import java.util.Map;

/// An expected refusal, as a value: becomes an RFC 9457 body whose `type` is `/problems/<slug>` and whose title and
/// detail are the messages `problem.<slug>.title` and `problem.<slug>.detail` in the reader's language.
///
/// @param status the HTTP status
/// @param slug the last segment of the type URI
/// @param args arguments of the detail message
/// @param errors what is wrong where, for 422
/// @param headers further headers, for example `Retry-After` or `ETag`
public record Problem(
        int status, String slug, List<Object> args, List<FieldError> errors, Map<String, String> headers) {

    public static Problem of(int status, String slug, Object... args) {
        return new Problem(status, slug, List.of(args), List.of(), Map.of());
    }

    /// 400: a path or query parameter is unknown or malformed.
    public static Problem badParameter(String name) {
        return of(400, "bad-parameter", name);
    }

    /// 401: sign in first.
    public static Problem notSignedIn() {
        return of(401, "not-signed-in");
    }

    /// 403: signed in, but not allowed.
    public static Problem notAllowed() {
        return of(403, "not-allowed");
    }

    /// 404: not there, or not to be known.
    public static Problem notFound() {
        return of(404, "not-found");
    }

    /// 409: rests on a view that has not heard of it yet; try again in a second.
    public static Problem notYetKnown() {
        return of(409, "not-yet-known").with("Retry-After", "1");
    }

    /// 412: somebody changed it meanwhile.
    public static Problem changedMeanwhile(long version) {
        return of(412, "changed-meanwhile").with("ETag", "\"" + version + "\"");
    }

    /// 428: say which version you mean.
    public static Problem versionMissing(long version) {
        return of(428, "version-missing").with("ETag", "\"" + version + "\"");
    }

    /// 422: understood, but refused, field by field.
    public static Problem invalid(List<FieldError> errors) {
        return new Problem(422, "invalid", List.of(), List.copyOf(errors), Map.of());
    }

    /// 503: something we stand on does not answer; nothing was half done.
    public static Problem tryLater() {
        return of(503, "try-later").with("Retry-After", "2");
    }

    /// The same with one more header.
    public Problem with(String header, String value) {
        var all = new java.util.LinkedHashMap<>(headers);
        all.put(header, value);
        return new Problem(status, slug, args, errors, Map.copyOf(all));
    }
}
