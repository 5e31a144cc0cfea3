package coop.imece.gateway.operations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries of the audit are wanted. What is null does not matter.
///
/// @param account who did it
/// @param organisation done for it, or to what is its own
/// @param client by this program
/// @param subject done to this
/// @param service by this service
/// @param operation exactly this one
/// @param from not before
/// @param to before
/// @param after continue behind this entry
/// @param limit at most so many
record AuditQuery(
        @Nullable UUID account,
        @Nullable UUID organisation,
        @Nullable UUID client,
        @Nullable UUID subject,
        @Nullable String service,
        @Nullable String operation,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Cursor after,
        int limit) {

    /// A place in the list, which stays where it is whatever is added before it.
    record Cursor(Instant at, UUID id) {

        String encoded() {
            String text = at.toEpochMilli() + ":" + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }

        static Optional<Cursor> decoded(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
                int colon = plain.indexOf(':');
                return colon < 0
                        ? Optional.empty()
                        : Optional.of(new Cursor(
                                Instant.ofEpochMilli(Long.parseLong(plain.substring(0, colon))),
                                UUID.fromString(plain.substring(colon + 1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
