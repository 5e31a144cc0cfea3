package coop.imece.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Whether somebody proved lately to hold an address of the account: asked before what a borrowed phone or a stolen
/// session must not do.
@Component
public class FreshProof {

    /// How long a proof is fresh.
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final Clock clock;

    FreshProof(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /// Whether the visitor signed in, or proved an address again, in the last [#LIFE].
    public boolean fresh(Visitor visitor) {
        UUID session = visitor.session();
        return session != null
                && sessions.find(session)
                        .filter(found ->
                                clock.instant().isBefore(found.lastProof().plus(LIFE)))
                        .isPresent();
    }

    /// The visitor proved an address of the account just now.
    public void given(Visitor visitor) {
        UUID session = visitor.session();
        if (session != null) {
            sessions.proved(session);
        }
    }
}
