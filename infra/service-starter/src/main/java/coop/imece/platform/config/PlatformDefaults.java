package coop.imece.platform.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// What every service is configured with unless it says otherwise: the lowest of all property sources.
///
/// The reasons stand with the values; most were paid for in trials. A service's `application.yml` holds its name, its
/// database (`imece.database`), its texts (`imece.texts`) and its bindings.
public final class PlatformDefaults implements EnvironmentPostProcessor {

    /// Together these make an outage of the database an answer within three seconds.
    private static final String TIMEOUTS = "serverSelectionTimeoutMS=2000&connectTimeoutMS=1000&socketTimeoutMS=2500"
            + "&timeoutMS=2500&waitQueueTimeoutMS=1000";

    private static final SequencedMap<String, String> FUNCTIONS = new TreeMap<>(Map.of(
            "erasureCommands", "platform.erasure.commands.v1",
            "restatementRequests", "platform.restatement.commands.v1"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        web(defaults);
        mongo(defaults, environment.getProperty("IMECE_MONGODB_URI", "mongodb://127.0.0.1:27017"));
        messages(defaults);
        operations(defaults);
        description(defaults);
        environment.getPropertySources().addLast(new MapPropertySource("imecePlatformDefaults", defaults));
        environment.getPropertySources().addFirst(new MapPropertySource("imeceFunctions", ownFunctions(environment)));
    }

    /// Every service listens, beside its own functions, for requests to say the state of its aggregates again and to
    /// erase what it holds of an account.
    private static Map<String, Object> ownFunctions(ConfigurableEnvironment environment) {
        Map<String, Object> added = new LinkedHashMap<>();
        StringJoiner functions = new StringJoiner(";");
        String own = environment.getProperty("spring.cloud.function.definition", "");
        if (!own.isBlank()) {
            functions.add(own);
        }
        String group =
                environment.getProperty("spring.application.name", "service").replace("-service", "");
        FUNCTIONS.forEach((function, topic) -> {
            if (wanted(environment, function)) {
                functions.add(function);
                String binding = "spring.cloud.stream.bindings." + function + "-in-0.";
                added.put(binding + "destination", topic);
                added.put(binding + "group", group + "." + function);
            }
        });
        if (!added.isEmpty()) {
            added.put("spring.cloud.function.definition", functions.toString());
        }
        return added;
    }

    /// `imece.restatement-requests`, `imece.erasure-commands`.
    private static boolean wanted(ConfigurableEnvironment environment, String function) {
        String setting = "imece." + function.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return environment.getProperty(setting, Boolean.class, true);
    }

    private static void web(Map<String, Object> defaults) {
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.shutdown", "graceful");
        // A service sees only the gateway's address; relative redirects need no forwarded headers.
        defaults.put("server.tomcat.use-relative-redirects", "true");
        defaults.put("server.max-http-request-header-size", "32KB");
        defaults.put("server.tomcat.max-http-form-post-size", "1MB");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
        defaults.put("spring.threads.virtual.enabled", "true");
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.main.keep-alive", "true");
        defaults.put("spring.mvc.problemdetails.enabled", "false");
        defaults.put("imece.instance", "${IMECE_INSTANCE:${spring.application.name}-1}");
        defaults.put("imece.gateway-keys", "${IMECE_GATEWAY_KEYS:http://127.0.0.1:8089/internal/keys}");
        defaults.put("imece.public-url", "${IMECE_PUBLIC_URL:http://localhost:8080}");
        defaults.put("imece.sealing.public-key", "${IMECE_SEALING_PUBLIC_KEY:}");
        defaults.put("imece.sealing.private-key", "${IMECE_SEALING_PRIVATE_KEY:}");
        defaults.put("imece.nightly-restatement", "${IMECE_NIGHTLY_RESTATEMENT:true}");
        defaults.put("imece.texts", "");
    }

    private static void mongo(Map<String, Object> defaults, String server) {
        defaults.put("spring.mongodb.uri", withTimeouts(server));
        defaults.put("spring.mongodb.database", "${imece.database:imece}");
        defaults.put("spring.mongodb.representation.uuid", "standard");
        defaults.put("spring.data.mongodb.auto-index-creation", "true");
        defaults.put("spring.data.mongodb.repositories.type", "imperative");
    }

    /// The server's address with our time-outs, unless it brings its own.
    static String withTimeouts(String server) {
        int query = server.indexOf('?');
        int path = server.indexOf('/', server.indexOf("://") + 3);
        String uri = server;
        if (path < 0 || query >= 0 && path > query) {
            int end = query < 0 ? server.length() : query;
            uri = server.substring(0, end) + "/" + server.substring(end);
        }
        StringBuilder with = new StringBuilder(uri);
        for (String timeout : TIMEOUTS.split("&")) {
            String name = timeout.substring(0, timeout.indexOf('=') + 1);
            if (!uri.contains("?" + name) && !uri.contains("&" + name)) {
                with.append(with.indexOf("?") < 0 ? '?' : '&').append(timeout);
            }
        }
        return with.toString();
    }

    private static void messages(Map<String, Object> defaults) {
        defaults.put("spring.kafka.bootstrap-servers", "${IMECE_KAFKA:127.0.0.1:9092}");
        defaults.put("spring.cloud.stream.kafka.binder.brokers", "${spring.kafka.bootstrap-servers}");
        // Topics are made by one list; the binder would silently make one-partition topics kept for seven days.
        defaults.put("spring.cloud.stream.kafka.binder.auto-create-topics", "false");
        defaults.put("spring.cloud.stream.kafka.binder.auto-add-partitions", "false");
        defaults.put("spring.cloud.stream.kafka.binder.health-timeout", "2");
        // 0 would lose messages, the default of 30 s is a long silence.
        defaults.put("spring.cloud.stream.binding-retry-interval", "2");
        defaults.put("spring.cloud.stream.default.consumer.batch-mode", "true");
        defaults.put("spring.cloud.stream.default.consumer.use-native-decoding", "true");
        // Failures are handled in one place, the starter's error handler; the binder's own dead letters lost records.
        defaults.put("spring.cloud.stream.default.consumer.max-attempts", "1");
        defaults.put("spring.cloud.stream.kafka.default.consumer.enable-dlq", "false");
        defaults.put("spring.cloud.stream.kafka.default.consumer.converter-bean-name", "batchWithBareHeaders");
        defaults.put("spring.cloud.stream.kafka.default.consumer.start-offset", "earliest");
        // An operator's replay is read beside the topic itself, by the same consumer.
        defaults.put("spring.cloud.stream.default.consumer.multiplex", "true");
    }

    private static void operations(Map<String, Object> defaults) {
        defaults.put("management.endpoints.web.exposure.include", "health,info,metrics");
        defaults.put("management.endpoint.health.probes.enabled", "true");
        // Ready means: the own database answers. The broker is a detail; while it is away the outbox keeps messages.
        defaults.put("management.endpoint.health.group.readiness.include", "readinessState,mongo");
        defaults.put("management.endpoint.health.group.liveness.include", "livenessState");
        defaults.put("management.endpoint.health.show-details", "always");
        defaults.put("management.health.diskspace.enabled", "false");
        defaults.put("management.health.ssl.enabled", "false");
        defaults.put("logging.structured.format.console", "${IMECE_LOG_FORMAT:ecs}");
        defaults.put("logging.level.org.apache.kafka", "WARN");
        // The lag metric looks at partitions that are about to be handed on; that is no news.
        defaults.put("logging.level.org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils", "ERROR");
        defaults.put("logging.level.io.micrometer.core.instrument.MeterRegistry", "ERROR");
        defaults.put("logging.level.org.mongodb.driver", "WARN");
        defaults.put("logging.level.org.springframework.integration", "WARN");
        // Says with a stack trace, and with the headers of the whole batch, what the failure handling says in one line.
        defaults.put("logging.level.org.springframework.integration.handler.LoggingHandler", "OFF");
        defaults.put("logging.level.org.springframework.cloud.stream", "WARN");
        defaults.put("logging.level.org.springframework.cloud.function", "WARN");
    }

    /// The OpenAPI document: of the API alone, the same bytes for the same code.
    private static void description(Map<String, Object> defaults) {
        defaults.put("springdoc.api-docs.path", "/internal/openapi");
        defaults.put("springdoc.paths-to-match", "/api/v1/**");
        defaults.put("springdoc.default-flat-param-object", "true");
        defaults.put("springdoc.default-produces-media-type", "application/json");
        defaults.put("springdoc.default-consumes-media-type", "application/json");
        defaults.put("springdoc.override-with-generic-response", "false");
        defaults.put("springdoc.auto-tag-classes", "false");
        defaults.put("springdoc.writer-with-order-by-keys", "true");
        defaults.put("springdoc.enable-hateoas", "false");
        defaults.put("springdoc.enable-data-rest", "false");
        defaults.put("springdoc.show-spring-cloud-functions", "false");
        // Warns that the document is served at all; it is, and not to the public.
        defaults.put("logging.level.org.springdoc.core.events.SpringDocAppInitializer", "ERROR");
    }
}
