package coop.imece.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.aggregate.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document of the whole API. It is made when it is read, of what the services say of themselves, and kept
/// for a minute; a service that is away is left out and named, and asked again soon.
@Component
class ApiDescription {

    static {
        // Comes with the request, like a service's Caller; it is no parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Visitor.class);
    }

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration KEPT_INCOMPLETE = Duration.ofSeconds(2);

    /// The document.
    ///
    /// @param text as it is sent
    /// @param version changes with it
    /// @param missing services whose part is not there
    record Document(JsonNode json, String text, String version, List<String> missing) {}

    private record Kept(Document document, long until) {}

    private final Upstreams upstreams;
    private final ServiceClient services;
    private final ObjectProvider<OpenApiWebMvcResource> own;
    private final JsonMapper json;
    private final String server;
    private volatile @Nullable Kept kept;

    ApiDescription(
            Upstreams upstreams,
            ServiceClient services,
            ObjectProvider<OpenApiWebMvcResource> own,
            JsonMapper json,
            @Value("${imece.public-url}") String server) {
        this.upstreams = upstreams;
        this.services = services;
        this.own = own;
        this.json = json;
        this.server = server;
    }

    /// The document as it is now.
    Document current(HttpServletRequest request) {
        Kept present = kept;
        if (present != null && System.nanoTime() - present.until() < 0) {
            return present.document();
        }
        synchronized (this) {
            present = kept;
            if (present != null && System.nanoTime() - present.until() < 0) {
                return present.document();
            }
            Document made = made(request);
            Duration life = made.missing().isEmpty() ? KEPT : KEPT_INCOMPLETE;
            kept = new Kept(made, System.nanoTime() + life.toNanos());
            return made;
        }
    }

    private Document made(HttpServletRequest request) {
        var merge = new DocumentMerge(json);
        merge.add("gateway", json.readTree(ownText(request)));
        List<String> missing = new ArrayList<>();
        for (Upstream upstream : upstreams.all()) {
            services.read(upstream, "/internal/openapi", Locale.ENGLISH)
                    .filter(document -> document.has("paths"))
                    .ifPresentOrElse(
                            document -> merge.add(upstream.name(), document), () -> missing.add(upstream.service()));
        }
        JsonNode document = merge.result(server, missing);
        String text = document.toString();
        return new Document(document, text, Ids.derived(text).toString(), List.copyOf(missing));
    }

    private String ownText(HttpServletRequest request) {
        try {
            byte[] text = own.getObject().openapiJson(request, "/internal/openapi", Locale.ENGLISH);
            return new String(text, StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
