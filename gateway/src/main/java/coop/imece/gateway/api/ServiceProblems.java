package coop.imece.gateway.api;

import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What the services say about problems only they know.
@Component
public class ServiceProblems {

    /// @param title what is wrong
    /// @param detail what to do about it
    public record Explanation(String title, String detail) {}

    private final Upstreams upstreams;
    private final ServiceClient services;

    ServiceProblems(Upstreams upstreams, ServiceClient services) {
        this.upstreams = upstreams;
        this.services = services;
    }

    /// The words of the first service that knows the problem.
    ///
    /// @param slug letters, digits and dashes
    public Optional<Explanation> explain(String slug, Locale reader) {
        for (Upstream upstream : upstreams.all()) {
            Optional<JsonNode> known = services.read(upstream, "/internal/problems/" + slug, reader);
            if (known.isPresent()) {
                return Optional.of(new Explanation(
                        known.get().path("title").asString(""),
                        known.get().path("detail").asString("")));
            }
        }
        return Optional.empty();
    }
}
