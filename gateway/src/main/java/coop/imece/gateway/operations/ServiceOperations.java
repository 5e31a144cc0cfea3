package coop.imece.gateway.operations;

import coop.imece.gateway.edge.Guards;
import coop.imece.gateway.edge.Introduction;
import coop.imece.gateway.edge.ServiceHttp;
import coop.imece.gateway.edge.Upstream;
import coop.imece.gateway.edge.Upstreams;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/// Reaches the services' `/internal/operations`, in the name of the administrator at hand, each behind its guard.
@Component
class ServiceOperations {

    static final String PATH = "/internal/operations/";

    /// Longer than a service waits for the broker.
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /// What a service said.
    ///
    /// @param status the HTTP status; 0 if it did not answer
    /// @param body JSON
    record Reply(int status, String body) {

        static final Reply AWAY = new Reply(0, "");

        boolean good() {
            return status == 200;
        }
    }

    private final Upstreams upstreams;
    private final Guards guards;
    private final Introduction introduction;
    private final RestClient client = ServiceHttp.within(DEADLINE);

    ServiceOperations(Upstreams upstreams, Guards guards, Introduction introduction) {
        this.upstreams = upstreams;
        this.guards = guards;
        this.introduction = introduction;
    }

    /// Asks all services side by side; by name of the service, in the order of the path table.
    Map<String, Reply> askAll(HttpServletRequest request, String path) {
        Map<String, CompletableFuture<Reply>> coming = new LinkedHashMap<>();
        for (Upstream upstream : upstreams.all()) {
            HttpHeaders headers = introduction.to(upstream, request, null);
            coming.put(
                    upstream.service(),
                    CompletableFuture.supplyAsync(
                            () -> call(upstream, HttpMethod.GET, path, headers), ServiceHttp.sideBySide()));
        }
        Map<String, Reply> replies = new LinkedHashMap<>();
        coming.forEach((service, reply) -> replies.put(service, reply.join()));
        return replies;
    }

    /// Asks one service, by its short name; empty if there is none of that name.
    Optional<Reply> ask(HttpServletRequest request, String name, HttpMethod method, String path) {
        return upstreams.all().stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .map(upstream -> call(upstream, method, path, introduction.to(upstream, request, null)));
    }

    private Reply call(Upstream upstream, HttpMethod method, String path, HttpHeaders headers) {
        try {
            return guards.call(
                    upstream,
                    () -> client.method(method)
                            .uri(upstream.url().resolve(PATH + path))
                            .headers(all -> all.addAll(headers))
                            .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                            .exchangeForRequiredValue((_, response) -> {
                                String body = response.bodyTo(String.class);
                                return new Reply(response.getStatusCode().value(), body == null ? "" : body);
                            }));
        } catch (Guards.Away _) {
            return Reply.AWAY;
        }
    }
}
