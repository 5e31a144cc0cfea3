package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.ServerResponse;

/// Asks the service for the very path and query the caller wrote; by default the query is taken apart and put together
/// again in another order.
@Component
final class UnchangedAddress extends RestClientProxyExchange {

    UnchangedAddress(RestClient.Builder client, GatewayMvcProperties properties) {
        super(client.build(), properties);
    }

    @Override
    public ServerResponse exchange(Request asked) {
        RequestBuilder unchanged = request(asked.getServerRequest())
                .method(asked.getMethod())
                .headers(asked.getHeaders())
                .uri(address(asked));
        asked.getResponseConsumers().forEach(unchanged::responseConsumer);
        return super.exchange(unchanged.build());
    }

    private static URI address(Request asked) {
        URI encoded = Objects.requireNonNull(asked.getUri());
        HttpServletRequest request = asked.getServerRequest().servletRequest();
        String query = request.getQueryString();
        try {
            return URI.create(encoded.getScheme() + "://" + encoded.getRawAuthority() + request.getRequestURI()
                    + (query == null ? "" : "?" + query));
        } catch (IllegalArgumentException _) {
            return encoded;
        }
    }
}
