package coop.imece.platform.test;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What a service lets the world change, so that [AccessMatrix] can hold it against what was tried.
final class WritingEndpoints {

    private static final Set<RequestMethod> WRITING =
            Set.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

    private WritingEndpoints() {}

    /// Each as `POST /gatherings/{id}/edit`.
    ///
    /// @param basePackage of the controllers that count
    static Set<String> of(RequestMappingHandlerMapping mappings, String basePackage) {
        var endpoints = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getName().startsWith(basePackage + ".")) {
                for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                    if (WRITING.contains(method)) {
                        mapping.getPatternValues().forEach(path -> endpoints.add(method + " " + path));
                    }
                }
            }
        });
        return endpoints;
    }
}
