package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Which kind of work a request makes, told by method and path alone, before anything is done for it: `imece.work`.
///
/// @param signIn first segments whose changes are attempts to sign in or to get a token, or have somebody written to
/// @param expensive paths that make much work, whatever the method; what stands below them counts, too
@ConfigurationProperties("imece.work")
record WorkTable(Set<String> signIn, Set<String> expensive) {

    Work of(HttpServletRequest request) {
        return of(request.getMethod(), request.getRequestURI(), request.getQueryString() != null);
    }

    Work of(String method, String path, boolean query) {
        if (path.startsWith("/assets/")) {
            return Work.ASSET;
        }
        boolean reads = "GET".equals(method) || "HEAD".equals(method) || "OPTIONS".equals(method);
        if (!reads && signIn.contains(Upstreams.firstSegment(path))) {
            return Work.SIGN_IN;
        }
        if (expensive.stream().anyMatch(costly -> path.equals(costly) || path.startsWith(costly + "/"))) {
            return Work.EXPENSIVE;
        }
        if (!reads) {
            return Work.WRITE;
        }
        return query || collection(path) ? Work.LIST : Work.READ;
    }

    /// `/gatherings`, `/api/v1/gatherings`: nothing follows the first segment.
    private static boolean collection(String path) {
        return path.endsWith("/" + Upstreams.firstSegment(path));
    }
}
