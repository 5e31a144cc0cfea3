package coop.imece.notification.message;

import coop.imece.notification.channel.Channel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/// One message and what became of it. Address and parameters stay sealed, and go when it is finished.
///
/// @param id derived from the command's message id
/// @param language BCP 47
/// @param lane on which connections it goes; none means urgent
/// @param receivedAt when the command came; forgotten 90 days later
/// @param dueAt when to try, or, while somebody sends, when they are taken for dead; none when finished
/// @param attempts tries begun; changes with each claim, so that a late outcome of an earlier one writes nothing
/// @param claimedBy the process that sends
/// @param sealed [SendMessage.Contents]; none when finished
/// @param detail what the other side said, without personal data
@Document("messages")
@CompoundIndex(name = "waiting", def = "{'channel': 1, 'dueAt': 1}", partialFilter = "{'dueAt': {'$exists': true}}")
record StoredMessage(
        @Id UUID id,
        String template,
        Channel channel,
        String language,
        @Nullable Lane lane,
        State state,

        @Indexed(name = "forgetting", expireAfter = "90d") Instant receivedAt,

        Instant expiresAt,

        @Nullable Instant dueAt,
        int attempts,
        @Nullable String claimedBy,
        @Nullable String sealed,
        @Nullable String reference,
        @Nullable String detail) {

    enum Lane {
        /// Somebody waits for it. Also what was stored before there were two lanes.
        URGENT,
        ORDINARY
    }

    boolean ordinary() {
        return lane == Lane.ORDINARY;
    }

    enum State {
        WAITING,
        SENDING,
        SENT,
        FAILED,
        EXPIRED,
        /// An SMS that may have been sent; never sent again by itself.
        IN_DOUBT
    }
}
