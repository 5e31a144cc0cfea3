package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Hands requests on to the service their path belongs to, unchanged but for the headers, and brings its answer back.
///
/// A service that is away takes only its own paths along: programs get 503 with Retry-After, people a page that says
/// which part is missing. A page that asks to sign in leads there and back again.
@Configuration(proxyBeanMethods = false)
class EdgeRoutes {

    private final Upstreams upstreams;
    private final Guards guards;
    private final WorkTable works;
    private final OnBehalfOf onBehalfOf;
    private final Answers answers;
    private final HandlerFunction<ServerResponse> proxy = HandlerFunctions.http();

    EdgeRoutes(Upstreams upstreams, Guards guards, WorkTable works, OnBehalfOf onBehalfOf, Answers answers) {
        this.upstreams = upstreams;
        this.guards = guards;
        this.works = works;
        this.onBehalfOf = onBehalfOf;
        this.answers = answers;
    }

    @Bean
    RouterFunction<ServerResponse> services() {
        return RouterFunctions.route(
                request ->
                        upstreams.of(request.servletRequest().getRequestURI()).isPresent(),
                this::handOn);
    }

    private ServerResponse handOn(ServerRequest request) throws Exception {
        HttpServletRequest servlet = request.servletRequest();
        Upstream upstream = upstreams.of(servlet.getRequestURI()).orElseThrow();
        servlet.setAttribute(RequestHeaders.UPSTREAM, upstream);
        servlet.setAttribute(RequestHeaders.ON_BEHALF_OF, onBehalfOf.of(servlet));
        MvcUtils.setRequestUrl(request, upstream.url());
        try {
            ServerResponse answer = works.of(servlet) == Work.EXPENSIVE
                    ? guards.callExpensive(upstream, () -> proxied(request))
                    : guards.call(upstream, () -> proxied(request));
            return answer.statusCode() == HttpStatus.UNAUTHORIZED && answers.readableBy(servlet)
                    ? toSignIn(request)
                    : answer;
        } catch (Guards.Away away) {
            return answers.away(away);
        }
    }

    private ServerResponse proxied(ServerRequest request) {
        try {
            return proxy.handle(request);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerResponse toSignIn(ServerRequest request) {
        HttpServletRequest servlet = request.servletRequest();
        String query = servlet.getQueryString();
        String back = servlet.getRequestURI() + (query == null ? "" : "?" + query);
        return ServerResponse.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/sign-in?return=" + URLEncoder.encode(back, StandardCharsets.UTF_8)))
                .header("Cache-Control", "no-store")
                .build();
    }
}
