package coop.imece.gateway.edge;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The path table: a path belongs to one service by its first segment, for the API (`/api/v1/x`), the page (`/x`) and
/// the fragment (`/fragments/x`) alike. `imece.edge.services` in `application.yml`.
@ConfigurationProperties("imece.edge")
public final class Upstreams {

    /// @param url where the service listens
    /// @param segments what belongs to it
    record Entry(URI url, Set<String> segments) {}

    private final List<Upstream> all = new ArrayList<>();
    private final Map<String, Upstream> bySegment = new LinkedHashMap<>();

    Upstreams(Map<String, Entry> services) {
        services.forEach((name, entry) -> {
            Upstream upstream = new Upstream(name, name + "-service", entry.url(), entry.segments());
            all.add(upstream);
            for (String segment : entry.segments()) {
                if (bySegment.put(segment, upstream) != null) {
                    throw new IllegalStateException("two services claim the path segment " + segment);
                }
            }
        });
    }

    /// All services, in the order of the table.
    public List<Upstream> all() {
        return List.copyOf(all);
    }

    /// The service a path belongs to; empty for the gateway's own paths and for unknown ones.
    public Optional<Upstream> of(String path) {
        return Optional.ofNullable(bySegment.get(firstSegment(path)));
    }

    static String firstSegment(String path) {
        String rest = path.startsWith("/api/v1/")
                ? path.substring("/api/v1/".length())
                : path.startsWith("/fragments/")
                        ? path.substring("/fragments/".length())
                        : path.substring(Math.min(1, path.length()));
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
