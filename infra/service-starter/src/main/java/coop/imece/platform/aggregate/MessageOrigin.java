package coop.imece.platform.aggregate;

import org.jspecify.annotations.Nullable;

/// Where the messages written by the current thread come from: trace, correlation, cause.
public interface MessageOrigin {

    /// W3C trace context of the current request or message, if any.
    @Nullable
    String traceparent();

    /// The id shared by everything that follows from one request, if any.
    @Nullable
    String correlationId();

    /// The id of the message being handled, if any.
    @Nullable
    String causationId();
}
