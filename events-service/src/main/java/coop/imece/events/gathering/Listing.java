package coop.imece.events.gathering;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.SearchKey;
import coop.imece.platform.text.Wording;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What the calendar searches by, derived from the gathering at each save and never set by itself.
///
/// @param words title, organiser and locality in all their languages, folded by [SearchKey]
/// @param languages the languages spoken there, or, if none is named, those of the title
/// @param firstDay the local day on which it begins, ISO 8601
/// @param lastDay the local day on which it ends, ISO 8601
record Listing(String words, List<String> languages, String firstDay, String lastDay) {

    static Listing of(LocalisedText organiserName, GatheringContent content) {
        var words = new ArrayList<String>();
        for (Wording wording : content.title().byLanguage().values()) {
            words.add(wording.text());
        }
        for (Wording wording : organiserName.byLanguage().values()) {
            words.add(wording.text());
        }
        var place = content.place();
        if (place != null && place.locality() != null) {
            words.add(place.locality());
        }
        var languages = content.languages().isEmpty()
                ? content.title().byLanguage().keySet()
                : new LinkedHashSet<>(content.languages());
        return new Listing(
                SearchKey.fold(String.join(" ", words)),
                languages.stream().sorted().toList(),
                content.timing().firstDay().toString(),
                content.timing().lastDay().toString());
    }
}
