package coop.imece.gateway.session;

import java.net.URI;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Under which address people reach this installation, and what follows from it.
@Component
public final class PublicAddress {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI url;

    PublicAddress(@Value("${imece.public-url}") String url) {
        this.url = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        if (this.url.getHost() == null) {
            throw new IllegalStateException("IMECE_PUBLIC_URL is no address: " + url);
        }
    }

    /// The address of a path.
    public String of(String path) {
        return url + path;
    }

    /// `Host` as it should be.
    public String authority() {
        return url.getAuthority();
    }

    public String scheme() {
        return url.getScheme();
    }

    /// Whether browsers come by TLS; then cookies are `Secure`.
    public boolean secure() {
        return "https".equals(url.getScheme());
    }

    /// Whether this is an installation on somebody's own machine: without TLS, and with generous limits.
    public boolean loopback() {
        return LOOPBACK.contains(url.getHost());
    }
}
