package coop.imece.platform.web;

import coop.imece.platform.aggregate.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/// Where the id derived from a request's `Idempotency-Key` is kept.
final class IdempotencyKeys {

    private static final String ATTRIBUTE = NewId.class.getName();

    private IdempotencyKeys() {}

    static void derived(HttpServletRequest request, UUID id) {
        request.setAttribute(ATTRIBUTE, new NewId(id));
    }

    static NewId newId(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof NewId id ? id : new NewId(Ids.v7());
    }
}
