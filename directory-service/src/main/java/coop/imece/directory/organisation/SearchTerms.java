package coop.imece.directory.organisation;

import coop.imece.platform.text.SearchKey;
import coop.imece.platform.text.Wording;
import java.util.List;
import java.util.stream.Stream;

/// How an organisation is found: folded, so that `Isparta`, `ısparta` and `İSPARTA` meet.
///
/// @param names each of its names with its region: what nobody else may bear there
/// @param words the words a search finds by their beginning
/// @param sort what a list is sorted by
/// @param sectors its sectors with all they lie in
record SearchTerms(List<String> names, List<String> words, String sort, List<String> sectors) {

    private static final int MOST_WORDS = 100;

    static SearchTerms of(Profile profile) {
        String where = profile.place().region() == null
                ? profile.place().country()
                : String.valueOf(profile.place().region());
        List<String> named =
                profile.name().byLanguage().values().stream().map(Wording::text).toList();
        List<String> names = named.stream()
                .map(name -> SearchKey.fold(name) + "|" + where)
                .distinct()
                .sorted()
                .toList();
        String locality = profile.place().locality();
        List<String> words = Stream.of(
                        named.stream(),
                        profile.alsoKnownAs().stream(),
                        locality == null ? Stream.<String>empty() : Stream.of(locality),
                        profile.identifiers().stream().map(Identifier::value))
                .flatMap(texts -> texts)
                .flatMap(text -> SearchKey.words(text).stream())
                .distinct()
                .limit(MOST_WORDS)
                .toList();
        List<String> sectors = profile.sectors().stream()
                .flatMap(sector -> sector.lineage().stream())
                .distinct()
                .toList();
        return new SearchTerms(
                names,
                words,
                SearchKey.fold(profile.name()
                        .text(
                                profile.languages().isEmpty()
                                        ? "tr"
                                        : profile.languages().getFirst())),
                sectors);
    }
}
