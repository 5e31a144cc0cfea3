package coop.imece.notification.recipient;

import java.util.Optional;
import java.util.UUID;

/// The capability to see and change one's interests for 30 days; shows addresses masked. The address of the page is
/// `<public URL>/preferences/<token>`.
public interface PreferenceTokens {

    String token(UUID recipient);

    /// The recipient, or empty if the token was not made by us or is too old.
    Optional<UUID> recipient(String token);
}
