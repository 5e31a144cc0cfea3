package coop.imece.events.gathering;

import com.fasterxml.jackson.annotation.JsonProperty;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Place;
import coop.imece.platform.web.ServerOwned;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A gathering as an organiser writes it, for the description of the API alone: [GatheringReader] reads the JSON
/// itself, to say everything that is wrong with it at once.
@ServerOwned({"organiserName", "state", "revision", "cancellationReason"})
record GatheringWritten(
        @Nullable UUID id,
        @Nullable UUID organiser,
        @Nullable String kind,
        @Nullable List<String> topics,
        @Nullable LocalisedText title,
        @Nullable LocalisedText description,
        @Nullable Moment starts,
        @Nullable Moment ends,
        @Nullable Place place,
        @Nullable String link,
        @Nullable List<String> sdgs,
        @Nullable List<String> languages) {

    /// Whether those who asked for it are told.
    record Publication(@JsonProperty("notify") boolean tell) {}

    /// Why it will not take place, and whether those who heard of it are told.
    record Cancellation(
            LocalisedText reason,
            @JsonProperty("notify") @Nullable Boolean tell) {}
}
