package coop.imece.platform.inbox;

import java.time.Duration;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;

/// Binds consumers beside the start of the service: while the broker is away, asking it for topics takes minutes, and
/// reads and commands must go on without it. Binding is repeated until the broker answers.
///
/// Who is stopped meanwhile waits until all are bound, so that none is left behind: it would go on reading for a
/// service that is gone.
final class BackgroundBinding implements MethodInterceptor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InputBindingLifecycle bindings;
    private volatile @Nullable Thread starting;

    BackgroundBinding(InputBindingLifecycle bindings) {
        this.bindings = bindings;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            case "start" -> {
                starting = Thread.ofPlatform().name("bindings").daemon().start(bindings::start);
                yield null;
            }
            case "isRunning" -> isStarting() || bindings.isRunning();
            case "stop" -> {
                awaitStart();
                yield call.proceed();
            }
            default -> call.proceed();
        };
    }

    private boolean isStarting() {
        Thread thread = starting;
        return thread != null && thread.isAlive();
    }

    private void awaitStart() throws InterruptedException {
        Thread thread = starting;
        if (thread != null) {
            thread.join(PATIENCE);
        }
    }
}
