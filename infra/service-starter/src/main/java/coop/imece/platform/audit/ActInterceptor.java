package coop.imece.platform.audit;

import coop.imece.platform.aggregate.Act;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Binds the [Act] of a request that may change something.
final class ActInterceptor implements HandlerInterceptor {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (!SAFE.contains(request.getMethod()) && pattern != null) {
            Caller caller = CurrentCaller.of(request);
            Act.bind(new Act(
                    request.getMethod() + " " + pattern,
                    caller.account(),
                    caller.client(),
                    caller.onBehalfOf(),
                    caller.session()));
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Act.bind(null);
    }
}
