package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/// What goes to a service: the caller's headers without those that only the house may say, and the gateway's own
/// [Introduction].
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class RequestHeaders implements RequestHttpHeadersFilter {

    static final String UPSTREAM = RequestHeaders.class.getName() + ".upstream";
    static final String ON_BEHALF_OF = RequestHeaders.class.getName() + ".onBehalfOf";

    private static final Set<String> OURS = Set.of(
            "authorization",
            "cookie",
            "accept-language",
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "client-ip",
            "x-host",
            "x-scheme",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "traceparent",
            "tracestate",
            "baggage",
            "origin",
            "expect");

    private static final List<String> OURS_BY_BEGINNING =
            List.of("imece-", "x-forwarded-", "x-original-", "sec-", "proxy-", "access-control-", "x-b3-");

    private final Introduction introduction;

    RequestHeaders(Introduction introduction) {
        this.introduction = introduction;
    }

    @Override
    public HttpHeaders apply(HttpHeaders received, ServerRequest request) {
        HttpHeaders sent = new HttpHeaders();
        received.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!onlyOurs(lower)) {
                sent.addAll(name, values);
            }
        });
        HttpServletRequest servlet = request.servletRequest();
        // Spring adds a character set of its own; a boundary or a missing set is the service's business.
        String type = servlet.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            sent.set(HttpHeaders.CONTENT_TYPE, type);
        }
        sent.putAll(introduction.to((Upstream) servlet.getAttribute(UPSTREAM), servlet, onBehalfOf(servlet)));
        return sent;
    }

    private static boolean onlyOurs(String name) {
        // Some servers take an underscore for a hyphen.
        String hyphened = name.replace('_', '-');
        return OURS.contains(hyphened) || OURS_BY_BEGINNING.stream().anyMatch(hyphened::startsWith);
    }

    private static @Nullable UUID onBehalfOf(HttpServletRequest request) {
        return request.getAttribute(ON_BEHALF_OF) instanceof UUID organisation ? organisation : null;
    }
}
