package coop.imece.platform.security;

import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds programs to the scopes their owner gave them ([NeedsScope]).
final class ScopeInterceptor implements HandlerInterceptor {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = CurrentCaller.of(request);
        if (caller.program() && handler instanceof HandlerMethod method) {
            NeedsScope needed = needed(method);
            if (needed == null && !SAFE.contains(request.getMethod())) {
                throw new ProblemException(Problem.of(403, "not-for-programs"));
            }
            if (needed != null && !caller.allows(needed.value())) {
                throw new ProblemException(Problem.of(403, "scope-missing", needed.value()));
            }
        }
        return true;
    }

    private static @Nullable NeedsScope needed(HandlerMethod method) {
        NeedsScope own = method.getMethodAnnotation(NeedsScope.class);
        return own != null ? own : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), NeedsScope.class);
    }
}
