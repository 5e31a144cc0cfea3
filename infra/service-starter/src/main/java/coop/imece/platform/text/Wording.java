package coop.imece.platform.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A text in one language and where it comes from.
///
/// @param text the words
/// @param state how far to trust them
public record Wording(String text, State state) {

    /// How a wording came about.
    public enum State {
        SOURCE,
        REVIEWED,
        MACHINE_DRAFT,
        STALE
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Wording of(String text) {
        return new Wording(text, State.SOURCE);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public static Wording of(@JsonProperty("text") String text, @JsonProperty("state") @Nullable State state) {
        return new Wording(text, state == null ? State.SOURCE : state);
    }
}
