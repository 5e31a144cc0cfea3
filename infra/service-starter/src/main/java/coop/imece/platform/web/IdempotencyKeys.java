package coop.imece.platform.web;

import coop.imece.platform.aggregate.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/// Where the id derived from a request's `Idempotency-Key` is kept.
public final class IdempotencyKeys {

    private static final String ATTRIBUTE = NewId.class.getName();

    private static final String ANOTHERS = IdempotencyKeys.class.getName() + ".anothers";

    private IdempotencyKeys() {}

    /// Leaves the key of this request to whom it is handed on.
    public static void leaveToOthers(HttpServletRequest request) {
        request.setAttribute(ANOTHERS, true);
    }

    static boolean leftToOthers(HttpServletRequest request) {
        return request.getAttribute(ANOTHERS) != null;
    }

    static void derived(HttpServletRequest request, UUID id) {
        request.setAttribute(ATTRIBUTE, new NewId(id));
    }

    static NewId newId(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof NewId id ? id : new NewId(Ids.v7());
    }
}
