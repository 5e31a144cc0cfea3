package coop.imece.platform.aggregate;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command under way: whose it is and what was asked for.
///
/// @param operation method and path pattern, without ids: `POST /api/v1/gatherings/{id}/publication`
/// @param account who, or null for anyone
/// @param client the program, if it is one
/// @param onBehalfOf the organisation it is done for, if one was named
/// @param session id of the session or token
public record Act(
        String operation,
        @Nullable UUID account,
        @Nullable UUID client,
        @Nullable UUID onBehalfOf,
        @Nullable String session) {

    private static final ThreadLocal<@Nullable Act> CURRENT = new ThreadLocal<>();

    /// The command the current thread carries out, or null: then a message or a worker is at work.
    public static @Nullable Act current() {
        return CURRENT.get();
    }

    /// Says from now on whose doing it is; null ends it.
    public static void bind(@Nullable Act act) {
        if (act == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(act);
        }
    }
}
