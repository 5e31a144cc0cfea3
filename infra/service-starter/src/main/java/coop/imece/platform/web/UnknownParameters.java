package coop.imece.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses query parameters the handler does not know: a misspelt filter must not look like "no filter".
final class UnknownParameters implements HandlerInterceptor {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && !query.isEmpty() && handler instanceof HandlerMethod method) {
            Set<String> names = known.computeIfAbsent(method.getMethod(), _ -> names(method));
            for (String pair : query.split("&")) {
                String name = decoded(pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair);
                if (!name.isEmpty() && !names.contains(name)) {
                    throw new ProblemException(Problem.badParameter(name));
                }
            }
        }
        return true;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(400, "malformed"));
        }
    }

    private static Set<String> names(HandlerMethod handler) {
        Set<String> names = new HashSet<>();
        QueryParameters declared = handler.getMethodAnnotation(QueryParameters.class);
        if (declared != null) {
            names.addAll(Arrays.asList(declared.value()));
        }
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                names.add(annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name());
            } else if (parameter.getParameterType().isRecord()
                    && !parameter.hasParameterAnnotation(RequestBody.class)) {
                for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
                    names.add(component.getName());
                }
            }
        }
        return Set.copyOf(names);
    }
}
