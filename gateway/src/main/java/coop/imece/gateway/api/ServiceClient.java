package coop.imece.gateway.api;

import coop.imece.gateway.edge.Guards;
import coop.imece.gateway.edge.ServiceHttp;
import coop.imece.gateway.edge.Upstream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks services what they say of themselves, each behind its guard; silence is an answer, too.
@Component
class ServiceClient {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceClient.class);

    /// The first reader of a description waits until the service has looked through its controllers.
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private final Guards guards;
    private final JsonMapper json;
    private final RestClient client = ServiceHttp.within(DEADLINE);

    ServiceClient(Guards guards, JsonMapper json) {
        this.guards = guards;
        this.json = json;
    }

    /// The JSON object at a path of the service; empty if there is none, or the service is away.
    Optional<JsonNode> read(Upstream upstream, String path, Locale reader) {
        try {
            return guards.call(
                    upstream,
                    () -> client.get()
                            .uri(upstream.url().resolve(path))
                            .header("Accept-Language", reader.toLanguageTag())
                            .exchangeForRequiredValue((_, response) -> {
                                String text = response.bodyTo(String.class);
                                return response.getStatusCode().value() == 200 && text != null
                                        ? object(upstream, text)
                                        : Optional.empty();
                            }));
        } catch (Guards.Away _) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> object(Upstream upstream, String text) {
        try {
            return Optional.of(json.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            LOG.warn("{} answered no JSON: {}", upstream.service(), e.getClass().getName());
            return Optional.empty();
        }
    }
}
