package coop.imece.directory.representation;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happens to a representation.
sealed interface RepresentationEvent extends DomainEvent {

    /// The account may act for the organisation from now on.
    @EventType("directory.representation.appointed.v1")
    record RepresentationAppointed() implements RepresentationEvent {}

    /// It may no longer.
    ///
    /// @param by who ended it
    @EventType("directory.representation.dismissed.v1")
    record RepresentationDismissed(By by) implements RepresentationEvent {

        enum By {
            SELF,
            OTHERS,
            /// It ended by itself, with the account.
            NOBODY;

            static By of(@Nullable UUID account, UUID dismissed) {
                if (account == null) {
                    return NOBODY;
                }
                return account.equals(dismissed) ? SELF : OTHERS;
            }
        }
    }
}
