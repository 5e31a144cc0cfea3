package coop.imece.platform.erasure;

import java.util.Map;
import java.util.UUID;

/// What this service holds of an account. Every service says so, also the one that holds nothing.
public interface Traces {

    /// Erases all of it; how much there was, counted by kind (`representations` → 2). Repeating it finds nothing more
    /// and does no harm: it is repeated after a kill, and whenever the receipt was not heard.
    Map<String, Integer> erase(UUID account);
}
