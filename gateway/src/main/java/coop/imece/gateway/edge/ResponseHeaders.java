package coop.imece.gateway.edge;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/// What comes back from a service: without cookies, which are the gateway's alone, without headers the gateway sets for
/// all, without leave for other sites to read it, and with redirects that lead to the public address.
@Component
final class ResponseHeaders implements ResponseHttpHeadersFilter {

    private final Set<String> inside = new HashSet<>();

    ResponseHeaders(Upstreams upstreams) {
        upstreams.all().forEach(upstream -> inside.add(upstream.url().getAuthority()));
    }

    @Override
    public HttpHeaders apply(HttpHeaders received, ServerResponse response) {
        HttpHeaders sent = new HttpHeaders();
        sent.putAll(received);
        SecurityHeadersFilter.names().forEach(sent::remove);
        sent.remove(HttpHeaders.SET_COOKIE);
        sent.remove(HttpHeaders.SERVER);
        sent.remove("X-Powered-By");
        sent.headerNames().stream()
                .filter(ResponseHeaders::insideOrCors)
                .toList()
                .forEach(sent::remove);
        String location = sent.getFirst(HttpHeaders.LOCATION);
        if (location != null) {
            sent.set(HttpHeaders.LOCATION, outside(location));
        }
        return sent;
    }

    private static boolean insideOrCors(String name) {
        return name.regionMatches(true, 0, "Access-Control-", 0, 15) || name.regionMatches(true, 0, "Imece-", 0, 6);
    }

    /// An address inside the house becomes the path at the public one.
    private String outside(String location) {
        URI uri = parsed(location);
        if (uri == null || uri.getAuthority() == null || !inside.contains(uri.getAuthority())) {
            return location;
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return path
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
    }

    private static @Nullable URI parsed(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
