package coop.imece.gateway.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// Lets readers ask whether something changed instead of fetching it again: every answer that may be kept gets an
/// entity tag, and pages are kept only to be asked for.
///
/// A service's own tag stays. One that is a version (`"7"`) is what `If-Match` takes and stays strong; any other is a
/// fingerprint, as the ones made here are, and becomes weak: it means the same content, packed or not.
final class EntityTags {

    private EntityTags() {}

    /// @param body the whole body of an answer with status 200, or null if it streams through
    static void complete(HttpHeaders headers, byte @Nullable [] body) {
        MediaType type = headers.getContentType();
        if (headers.getCacheControl() == null && MediaType.TEXT_HTML.isCompatibleWith(type)) {
            headers.setCacheControl("private, no-cache");
        }
        String kept = headers.getCacheControl();
        String tag = headers.getETag();
        if (tag != null) {
            headers.setETag(tag.matches("W/.*|\"\\d+\"") ? tag : "W/" + tag);
        } else if (body != null && kept != null && !kept.contains("no-store")) {
            headers.setETag(of(body));
        }
    }

    static String of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
