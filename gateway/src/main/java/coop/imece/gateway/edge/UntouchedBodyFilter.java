package coop.imece.gateway.edge;

import coop.imece.platform.web.IdempotencyKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// Lets bodies on their way to a service alone.
///
/// A servlet's parameters are those of the query *and* of a form in the body: asking for one would swallow the body,
/// and hand its fields on as query. Requests that are handed on have the parameters of their query only.
@Component
@Order(UntouchedBodyFilter.ORDER)
final class UntouchedBodyFilter extends OncePerRequestFilter {

    static final int ORDER = SurfaceFilter.ORDER + 100;

    private final Upstreams upstreams;

    UntouchedBodyFilter(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean handedOn = upstreams.of(request.getRequestURI()).isPresent();
        if (handedOn) {
            IdempotencyKeys.leaveToOthers(request);
        }
        chain.doFilter(handedOn ? new QueryOnly(request) : request, response);
    }

    private static final class QueryOnly extends HttpServletRequestWrapper {

        private final Map<String, String[]> parameters = new LinkedHashMap<>();

        QueryOnly(HttpServletRequest request) {
            super(request);
            if (request.getQueryString() == null) {
                return;
            }
            MultiValueMap<String, String> query = UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams();
            query.forEach((name, values) -> parameters.put(
                    decoded(name),
                    values.stream()
                            .map(value -> value == null ? "" : decoded(value))
                            .toArray(String[]::new)));
        }

        private static String decoded(String text) {
            try {
                return UriUtils.decode(text.replace('+', ' '), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                return text;
            }
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = parameters.get(name);
            return values == null || values.length == 0 ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return parameters.get(name);
        }
    }
}
