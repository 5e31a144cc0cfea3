package coop.imece.events.gathering;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything an organiser writes about a gathering.
///
/// @param kind code of the list `gathering-kinds`
/// @param topics codes of the list `topics`
/// @param title one line, in at least one language
/// @param description more about it
/// @param timing when
/// @param place where, if people meet in a place
/// @param link where, if they meet online
/// @param sdgs Sustainable Development Goals it serves, "1" to "17"
/// @param languages languages spoken there
record GatheringContent(
        String kind,
        List<String> topics,
        LocalisedText title,
        @Nullable LocalisedText description,
        Timing timing,
        @Nullable Place place,
        @Nullable String link,
        List<String> sdgs,
        List<String> languages) {

    GatheringContent {
        topics = List.copyOf(topics);
        sdgs = List.copyOf(sdgs);
        languages = List.copyOf(languages);
    }

    /// Whether a reader learns where to go.
    boolean saysWhere() {
        return place != null || link != null;
    }

    /// The names of the fields in which the other one differs, as the API spells them.
    List<String> differences(GatheringContent other) {
        var fields = new ArrayList<String>();
        note(fields, "kind", kind, other.kind);
        note(fields, "topics", topics, other.topics);
        note(fields, "title", title, other.title);
        note(fields, "description", description, other.description);
        note(fields, "starts", timing.starts(), other.timing.starts());
        note(fields, "ends", timing.ends(), other.timing.ends());
        note(fields, "place", place, other.place);
        note(fields, "link", link, other.link);
        note(fields, "sdgs", sdgs, other.sdgs);
        note(fields, "languages", languages, other.languages);
        return fields;
    }

    private static void note(List<String> fields, String name, @Nullable Object mine, @Nullable Object others) {
        if (!Objects.equals(mine, others)) {
            fields.add(name);
        }
    }
}
