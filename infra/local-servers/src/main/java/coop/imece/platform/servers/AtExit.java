package coop.imece.platform.servers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be closed in good order when this JVM ends, the last one opened first.
///
/// One hook for all, because the JVM runs its hooks at the same time and a broker must outlive the services.
public final class AtExit {

    private static final Logger log = LoggerFactory.getLogger(AtExit.class);
    private static final Deque<AutoCloseable> open = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "at-exit"));
    }

    private AtExit() {}

    public static void close(AutoCloseable resource) {
        synchronized (open) {
            open.push(resource);
        }
    }

    public static void forget(AutoCloseable resource) {
        synchronized (open) {
            open.removeIf(candidate -> candidate == resource);
        }
    }

    private static void closeAll() {
        for (var resource = next(); resource != null; resource = next()) {
            try {
                resource.close();
            } catch (Exception e) {
                log.warn("not closed in good order: {}", resource, e);
            }
        }
    }

    private static @Nullable AutoCloseable next() {
        synchronized (open) {
            return open.poll();
        }
    }
}
