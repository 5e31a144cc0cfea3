package coop.imece.platform.store;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import coop.imece.platform.aggregate.OutboxFull;
import java.net.ConnectException;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.integration.MessageDispatchingException;

/// Tells "our own store or broker does not answer" (wait for ever) from "try again" and from everything else.
public final class StoreFailures {

    /// Server codes of a store that is starting, stopping, electing, out of time or out of disk.
    private static final Set<Integer> UNAVAILABLE = Set.of(
            6, 7, 50, 64, 89, 91, 100, 133, 134, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436, 14031);

    private StoreFailures() {}

    /// Whether waiting is the answer, however long: nothing is wrong with what was asked.
    public static boolean unavailable(@Nullable Throwable failure) {
        return anyCause(failure, StoreFailures::isUnavailable);
    }

    /// Whether the same may succeed at once, but a few times only.
    public static boolean transientFault(@Nullable Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof TransientDataAccessException
                        || cause instanceof OptimisticLockingFailureException
                        || cause instanceof java.io.IOException
                        || cause instanceof java.util.concurrent.TimeoutException);
    }

    private static boolean isUnavailable(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException _ -> true;
            case MongoTimeoutException _ -> true;
            case MongoSocketException _ -> true;
            case MongoNotPrimaryException _ -> true;
            case MongoNodeIsRecoveringException _ -> true;
            case MongoInterruptedException _ -> true;
            case MongoException e -> UNAVAILABLE.contains(e.getCode()) || e.hasErrorLabel("RetryableWriteError");
            case RetriableException _ -> true;
            case AuthorizationException _ -> true;
            // The broker is away, or was a moment ago.
            case OutboxFull _ -> true;
            case ConnectException _ -> true;
            // The service is being stopped: its handlers are gone already.
            case MessageDispatchingException _ -> true;
            default ->
                cause.getClass() == IllegalStateException.class && "state should be: open".equals(cause.getMessage());
        };
    }

    private static boolean anyCause(@Nullable Throwable failure, java.util.function.Predicate<Throwable> condition) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (condition.test(cause)) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
