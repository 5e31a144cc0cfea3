package coop.imece.gateway.front;

import coop.imece.gateway.edge.Guards;
import coop.imece.gateway.edge.ServiceHttp;
import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.platform.text.Language;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public pages of the network for search engines, each in five languages.
///
/// What there is comes from the services' public lists, read page by page as anybody would, at most once an hour. A
/// service that is away keeps the pages it had when it was last read; until it was read once its pages are missing, and
/// it is asked again after a minute.
@Component
class SiteMap {

    /// Together with the pages that are always there less than the 50,000 of the protocol.
    private static final int MOST_OF_A_KIND = 20_000;

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final List<String> KINDS = List.of("gatherings", "organisations");
    private static final List<String> ALWAYS =
            List.of("/", "/gatherings", "/organisations", "/results", "/subscriptions", "/help");
    private static final Logger LOG = LoggerFactory.getLogger(SiteMap.class);

    /// @param ids as last read
    /// @param until when to read again
    private record Known(List<UUID> ids, Instant until) {}

    private final Upstreams upstreams;
    private final Guards guards;
    private final PublicAddress address;
    private final JsonMapper json;
    private final Clock clock;
    private final RestClient client;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();

    SiteMap(
            Upstreams upstreams,
            Guards guards,
            PublicAddress address,
            JsonMapper json,
            Clock clock,
            @Value("${imece.edge.fragment-deadline}") Duration deadline) {
        this.upstreams = upstreams;
        this.guards = guards;
        this.address = address;
        this.json = json;
        this.clock = clock;
        this.client = ServiceHttp.within(deadline);
    }

    /// Writes it page by page: nothing but ids is kept.
    void write(Writer out) throws IOException {
        refresh();
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
                + " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
        for (String path : ALWAYS) {
            page(path, out);
        }
        for (String kind : KINDS) {
            for (UUID id :
                    known.getOrDefault(kind, new Known(List.of(), Instant.MIN)).ids()) {
                page("/" + kind + "/" + id, out);
            }
        }
        out.write("</urlset>\n");
    }

    private void page(String path, Writer out) throws IOException {
        String page = address.of(path);
        out.write("<url><loc>" + page + "</loc>");
        for (Language language : Language.values()) {
            alternate(language.tag(), page + "?lang=" + language.tag(), out);
        }
        alternate("x-default", page, out);
        out.write("</url>\n");
    }

    private static void alternate(String language, String page, Writer out) throws IOException {
        out.write("<xhtml:link rel=\"alternate\" hreflang=\"" + language + "\" href=\"" + page + "\"/>");
    }

    /// One reads; whoever comes meanwhile gets what was known.
    private void refresh() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            for (String kind : KINDS) {
                Known last = known.getOrDefault(kind, new Known(List.of(), Instant.MIN));
                if (!now.isBefore(last.until())) {
                    known.put(kind, read(kind, last, now));
                }
            }
        } finally {
            reading.unlock();
        }
    }

    private Known read(String kind, Known last, Instant now) {
        String list = "/api/v1/" + kind;
        Upstream upstream = upstreams.of(list).orElseThrow();
        List<UUID> ids = new ArrayList<>();
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            String next = list + "?limit=200";
            while (next.startsWith(list + "?") && ids.size() < MOST_OF_A_KIND) {
                if (System.nanoTime() > end) {
                    throw new IllegalArgumentException("takes too long");
                }
                String page = next;
                JsonNode read = json.readTree(
                        guards.call(upstream, () -> asked(upstream.url().resolve(page))));
                read.path("items")
                        .forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
                next = read.path("next").asString("");
            }
            return new Known(List.copyOf(ids), now.plus(FRESH));
        } catch (Guards.Away | JacksonException | IllegalArgumentException e) {
            LOG.warn(
                    "The site map lacks what is new among {}: {}",
                    kind,
                    e.getClass().getName());
            return new Known(last.ids(), now.plus(PAUSE));
        }
    }

    private String asked(URI page) {
        return client.get().uri(page).exchangeForRequiredValue((_, answer) -> {
            String text = answer.bodyTo(String.class);
            if (answer.getStatusCode().value() != 200 || text == null) {
                throw new IllegalArgumentException("status " + answer.getStatusCode());
            }
            return text;
        });
    }
}
