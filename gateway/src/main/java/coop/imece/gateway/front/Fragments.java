package coop.imece.gateway.front;

import coop.imece.gateway.edge.Guards;
import coop.imece.gateway.edge.Introduction;
import coop.imece.gateway.edge.ServiceHttp;
import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/// Fetches the services' fragments for a page, side by side, each behind its service's guard. What does not come in
/// time is missing, and the page says so; the rest is shown.
@Component
class Fragments {

    private static final Logger LOG = LoggerFactory.getLogger(Fragments.class);

    /// A part of a page.
    ///
    /// @param name which
    /// @param missing whether it did not come
    /// @param html the fragment
    public record Part(String name, boolean missing, String html) {

        static Part missing(String name) {
            return new Part(name, true, "");
        }
    }

    private final Upstreams upstreams;
    private final Guards guards;
    private final Introduction introduction;
    private final RestClient client;

    Fragments(
            Upstreams upstreams,
            Guards guards,
            Introduction introduction,
            @Value("${imece.edge.fragment-deadline:2500ms}") Duration deadline) {
        this.upstreams = upstreams;
        this.guards = guards;
        this.introduction = introduction;
        this.client = ServiceHttp.within(deadline);
    }

    /// The fragments by name, in the order of their paths.
    ///
    /// @param onBehalfOf the organisation they shall be about, or null
    Map<String, Part> load(HttpServletRequest request, List<String> names, @Nullable UUID onBehalfOf) {
        Map<String, CompletableFuture<Part>> coming = new LinkedHashMap<>();
        for (String name : names) {
            String path = "/fragments/" + name;
            Upstream upstream = upstreams.of(path).orElseThrow();
            HttpHeaders headers = introduction.to(upstream, request, onBehalfOf);
            coming.put(
                    name,
                    CompletableFuture.supplyAsync(() -> part(name, upstream, path, headers), ServiceHttp.sideBySide()));
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        coming.forEach((name, part) -> parts.put(name, part.join()));
        return parts;
    }

    private Part part(String name, Upstream upstream, String path, HttpHeaders headers) {
        try {
            return guards.call(upstream, () -> fetched(name, upstream, path, headers));
        } catch (Guards.Away _) {
            return Part.missing(name);
        } catch (RuntimeException e) {
            LOG.warn("No fragment {}: {}", path, e.getClass().getName());
            return Part.missing(name);
        }
    }

    private Part fetched(String name, Upstream upstream, String path, HttpHeaders headers) {
        return client.get()
                .uri(upstream.url().resolve(path))
                .headers(all -> all.addAll(headers))
                .accept(MediaType.TEXT_HTML)
                .exchangeForRequiredValue((_, response) -> {
                    MediaType type = response.getHeaders().getContentType();
                    int status = response.getStatusCode().value();
                    String html = response.bodyTo(String.class);
                    if (status != 200 || type == null || !MediaType.TEXT_HTML.isCompatibleWith(type)) {
                        LOG.warn("No fragment {}: status {}", path, status);
                        return Part.missing(name);
                    }
                    return new Part(name, false, html == null ? "" : html);
                });
    }
}
