package coop.imece.gateway.signin;

import org.jspecify.annotations.Nullable;

/// Where to go after signing in: a path of this site, never another site's address.
final class ReturnPath {

    private static final String DESK = "/desk";
    private static final int LONGEST = 1000;

    private ReturnPath() {}

    /// The path, if it is safe to send a browser there, else the desk.
    static String safe(@Nullable String path) {
        return path != null
                        && path.length() <= LONGEST
                        && path.startsWith("/")
                        && !path.startsWith("//")
                        && !path.startsWith("/api/")
                        && !path.startsWith("/sign-in")
                        && !path.contains("\\")
                        // Braces would be a template's to whoever writes the redirect.
                        && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '{' && c != '}')
                ? path
                : DESK;
    }
}
