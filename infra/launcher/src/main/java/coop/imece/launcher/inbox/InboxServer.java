package coop.imece.launcher.inbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import coop.imece.launcher.inbox.InboxMessage.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The inbox as a page and an API (`/api/messages`). It is for this machine alone and never part of a deployment.
public final class InboxServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InboxServer.class);
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern TEXT_KEY = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final Pattern HEAD = Pattern.compile("<head[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_BODY = 16_384;

    private final Inbox inbox;
    private final SmsSink smsSink;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final JsonMapper json = new JsonMapper();

    /// An answer that is no 200.
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refusal(int status, String detail) {
            super(detail);
            this.status = status;
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, Refusal;
    }

    private InboxServer(Inbox inbox, SmsSink smsSink, HttpServer server) {
        this.inbox = inbox;
        this.smsSink = smsSink;
        this.server = server;
    }

    /// @param port 0 for any free one
    public static InboxServer start(Inbox inbox, SmsSink smsSink, int port) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            var server = new InboxServer(inbox, smsSink, http);
            http.setExecutor(server.executor);
            server.route("/api/messages", server::messages);
            server.route("/mail/", server::html);
            server.route("/inbox.css", exchange -> send(exchange, 200, "text/css", resource("inbox.css")));
            server.route("/inbox.js", exchange -> send(exchange, 200, "text/javascript", resource("inbox.js")));
            server.route("/", server::page);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the inbox cannot listen on port " + port, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void route(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try {
                handler.handle(exchange);
            } catch (Refusal refusal) {
                problem(exchange, refusal.status, Objects.requireNonNullElse(refusal.getMessage(), ""));
            } catch (RuntimeException e) {
                log.error("{} {}", exchange.getRequestMethod(), path, e);
                problem(exchange, 500, "see the launcher's log");
            } finally {
                exchange.close();
            }
        });
    }

    private void messages(HttpExchange exchange) throws IOException, Refusal {
        if (!"/api/messages".equals(exchange.getRequestURI().getPath())) {
            throw new Refusal(404, "there is nothing here");
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                var query = query(exchange);
                var found = inbox.find(query.get("to"), channel(query.get("channel")), limit(query.get("limit")));
                send(exchange, 200, "application/json", json.writeValueAsBytes(found));
            }
            case "DELETE" -> {
                refuseForeignSites(exchange);
                inbox.clear();
                exchange.sendResponseHeaders(204, -1);
            }
            case "POST" -> {
                refuseForeignSites(exchange);
                bring(body(exchange));
                exchange.sendResponseHeaders(202, -1);
            }
            default -> throw new Refusal(405, "GET, DELETE or POST");
        }
    }

    private void bring(JsonNode message) throws Refusal {
        var from = message.path("from").asString("");
        var text = message.path("text").asString("");
        if (!"SMS".equals(message.path("channel").asString(""))) {
            throw new Refusal(422, "channel must be SMS: nobody here receives e-mail");
        }
        if (!PHONE.matcher(from).matches()) {
            throw new Refusal(422, "from must be a telephone number like +905551112233");
        }
        if (text.isEmpty() || text.length() > 1000) {
            throw new Refusal(422, "text must have 1 to 1,000 characters");
        }
        smsSink.bring(from, text);
    }

    /// A page of some other site must not write here through the browser of whoever develops.
    private static void refuseForeignSites(HttpExchange exchange) throws Refusal {
        var site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "cross-site request");
        }
    }

    private JsonNode body(HttpExchange exchange) throws IOException, Refusal {
        try {
            return json.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
        } catch (JacksonException _) {
            throw new Refusal(400, "the body is not JSON");
        }
    }

    /// A plus stays a plus: telephone numbers are written with one.
    private static Map<String, String> query(HttpExchange exchange) throws Refusal {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        if (raw == null) {
            return query;
        }
        for (var pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.equals("to") && !name.equals("channel") && !name.equals("limit") && !name.equals("lang")) {
                throw new Refusal(400, "unknown parameter " + name);
            }
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                query.put(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                throw new Refusal(400, name + " is not percent-encoded");
            }
        }
        return query;
    }

    private static @Nullable Channel channel(@Nullable String name) throws Refusal {
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "EMAIL" -> Channel.EMAIL;
            case "SMS" -> Channel.SMS;
            default -> throw new Refusal(400, "channel is EMAIL or SMS");
        };
    }

    private static int limit(@Nullable String written) throws Refusal {
        if (written == null) {
            return DEFAULT_LIMIT;
        }
        if (!written.matches("[1-9]\\d{0,3}") || Integer.parseInt(written) > MAX_LIMIT) {
            throw new Refusal(400, "limit is a number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(written);
    }

    /// A mail's own page, without script, without anything loaded from outside.
    private void html(HttpExchange exchange) throws IOException, Refusal {
        var id = exchange.getRequestURI().getPath().substring("/mail/".length());
        var message = inbox.message(id).orElseThrow(() -> new Refusal(404, "no such message"));
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
                                + "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'");
        send(exchange, 200, "text/html", openingElsewhere(message.html()).getBytes(StandardCharsets.UTF_8));
    }

    /// Links open a page of their own, as in a mail program, and not inside the frame.
    private static String openingElsewhere(String html) {
        var base = "<base target=\"_blank\">";
        var head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + base + html.substring(head.end()) : base + html;
    }

    private void page(HttpExchange exchange) throws IOException, Refusal {
        if (!"/".equals(exchange.getRequestURI().getPath())) {
            throw new Refusal(404, "there is nothing here");
        }
        var locale = locale(exchange);
        var texts = ResourceBundle.getBundle(
                "inbox.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var template = new String(resource("inbox.html"), StandardCharsets.UTF_8)
                .replace("{{lang}}", locale.toLanguageTag())
                .replace("{{dir}}", locale.getLanguage().equals("he") ? "rtl" : "ltr");
        var page = TEXT_KEY.matcher(template).replaceAll(match -> escaped(texts.getString(match.group(1))));
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
                                + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        send(exchange, 200, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Locale locale(HttpExchange exchange) throws Refusal {
        var wanted = Objects.requireNonNullElse(
                query(exchange).get("lang"),
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept-Language"), "en"));
        try {
            var found = Locale.lookupTag(Locale.LanguageRange.parse(wanted), List.of("tr", "en", "sl", "he", "it"));
            return found == null ? Locale.ENGLISH : Locale.of(found);
        } catch (IllegalArgumentException _) {
            return Locale.ENGLISH;
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var source = Objects.requireNonNull(InboxServer.class.getResourceAsStream("/inbox/" + name))) {
            return source.readAllBytes();
        }
    }

    private void problem(HttpExchange exchange, int status, String detail) throws IOException {
        send(
                exchange,
                status,
                "application/problem+json",
                json.writeValueAsBytes(Map.of("status", status, "detail", detail)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
