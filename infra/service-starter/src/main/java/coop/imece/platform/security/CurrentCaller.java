package coop.imece.platform.security;

import jakarta.servlet.http.HttpServletRequest;

/// Where the caller of a request is kept: set by the filter that verified the internal token, or, in the gateway, by
/// whoever knows the session.
public final class CurrentCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private CurrentCaller() {}

    /// The caller of this request; anyone, if nobody vouched for somebody.
    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANYONE;
    }

    /// Vouches for a caller.
    public static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
