package coop.imece.platform.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A text for people in one or more languages, each with the state of its wording.
///
/// JSON: `{"tr": {"text": "…", "state": "SOURCE"}}`; in requests a plain string is taken as `SOURCE`.
///
/// @param byLanguage BCP 47 tag to wording; never empty where a text is required
public record LocalisedText(@JsonValue Map<String, Wording> byLanguage) {

    public LocalisedText {
        byLanguage = Map.copyOf(byLanguage);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LocalisedText ofJson(Map<String, Wording> byLanguage) {
        return new LocalisedText(byLanguage);
    }

    /// A text in one language.
    public static LocalisedText of(String language, String text) {
        return new LocalisedText(Map.of(language, new Wording(text, Wording.State.SOURCE)));
    }

    /// The wording for a reader: in the reader's language, else English, else the source, else any; with its language.
    public Optional<Map.Entry<String, Wording>> best(String language) {
        var order = new LinkedHashMap<String, Wording>();
        for (String tag : new String[] {language, "en"}) {
            if (byLanguage.containsKey(tag)) {
                order.put(tag, byLanguage.get(tag));
            }
        }
        byLanguage.entrySet().stream()
                .sorted(Map.Entry.<String, Wording>comparingByValue(
                                (a, b) -> a.state().compareTo(b.state()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> order.putIfAbsent(e.getKey(), e.getValue()));
        return order.entrySet().stream().findFirst().map(e -> Map.entry(e.getKey(), e.getValue()));
    }

    /// The text for a reader, or an empty string.
    public String text(String language) {
        return best(language).map(e -> e.getValue().text()).orElse("");
    }
}
