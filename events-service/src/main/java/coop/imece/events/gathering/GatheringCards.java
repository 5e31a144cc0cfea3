package coop.imece.events.gathering;

import coop.imece.events.supply.KnownOrganisation;
import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.page.Formats;
import coop.imece.platform.page.Option;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Wording;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Gatherings as a reader sees them, and what a reader may choose from.
@Component
class GatheringCards {

    /// The zones of the networks; a gathering elsewhere brings its own.
    private static final List<String> ZONES =
            List.of("Europe/Istanbul", "Europe/Rome", "Europe/Ljubljana", "Asia/Jerusalem", "UTC");

    private static final char ISOLATE = '\u2068';
    private static final char END_ISOLATE = '\u2069';

    private final KnownCodeLists lists;
    private final Formats formats;

    GatheringCards(KnownCodeLists lists, Formats formats) {
        this.lists = lists;
        this.formats = formats;
    }

    Card card(Gathering gathering, Locale locale) {
        String language = Language.of(locale).tag();
        var content = gathering.content();
        var timing = content.timing();
        return new Card(
                gathering.id(),
                content.title(),
                timing.starts(),
                timing.ends(),
                where(content, language),
                lists.label(Codes.KINDS, content.kind(), language),
                gathering.organiserName(),
                gathering.state());
    }

    List<Card> cards(List<Gathering> gatherings, Locale locale) {
        return gatherings.stream().map(gathering -> card(gathering, locale)).toList();
    }

    Detail detail(Gathering gathering, Locale locale) {
        String language = Language.of(locale).tag();
        var content = gathering.content();
        var cancellation = gathering.cancellation();
        return new Detail(
                card(gathering, locale),
                gathering.organiser(),
                content.description(),
                paragraphs(content.description(), language),
                content.link(),
                content.topics().stream()
                        .map(topic -> lists.label(Codes.TOPICS, topic, language))
                        .toList(),
                content.sdgs(),
                content.languages().stream()
                        .map(tag -> formats.in(locale).language(tag))
                        .toList(),
                translations(content.title()),
                cancellation == null ? null : cancellation.reason(),
                gathering.revision());
    }

    private @Nullable String where(GatheringContent content, String language) {
        var place = content.place();
        if (place == null) {
            return null;
        }
        var parts = new ArrayList<String>();
        if (place.locality() != null) {
            parts.add(place.locality());
        }
        if (place.region() != null) {
            String region = lists.label(Codes.REGIONS, place.region(), language);
            if (!parts.contains(region)) {
                parts.add(region);
            }
        } else {
            parts.add(country(place.country(), language));
        }
        // In a right-to-left page each name keeps its own direction, and the order of the names follows the page.
        return "he".equals(language)
                ? parts.stream().map(part -> ISOLATE + part + END_ISOLATE).collect(Collectors.joining(", "))
                : String.join(", ", parts);
    }

    private static List<String> paragraphs(@Nullable LocalisedText text, String language) {
        return text == null
                ? List.of()
                : Arrays.stream(text.text(language).split("\n+"))
                        .map(String::strip)
                        .filter(paragraph -> !paragraph.isEmpty())
                        .toList();
    }

    private static List<Translation> translations(LocalisedText title) {
        var translations = new ArrayList<Translation>();
        for (Language language : Language.values()) {
            Wording wording = title.byLanguage().get(language.tag());
            if (wording != null) {
                translations.add(new Translation(language.tag(), language.direction(), wording.state()));
            }
        }
        return List.copyOf(translations);
    }

    /// @param own a kind that must be among them, if any, though it was retired since
    List<Option> kinds(Locale locale, List<String> own) {
        return options(Codes.KINDS, locale, own);
    }

    /// @param own topics that must be among them, though they were retired since
    List<Option> topics(Locale locale, List<String> own) {
        return options(Codes.TOPICS, locale, own);
    }

    private List<Option> options(String list, Locale locale, List<String> own) {
        String language = Language.of(locale).tag();
        return codes(list, own)
                .map(code -> new Option(code.code(), code.label(language)))
                .toList();
    }

    private Stream<KnownCode> codes(String list, List<String> own) {
        return Stream.concat(
                lists.codes(list).stream(),
                own.stream()
                        .distinct()
                        .flatMap(code -> lists.find(list, code).stream())
                        .filter(code -> !code.active()));
    }

    /// Regions by country, in the order of the list; the country is said, because names repeat.
    ///
    /// @param own a region that must be among them, if any, though it was retired since
    List<Option> regions(Locale locale, List<String> own) {
        String language = Language.of(locale).tag();
        return codes(Codes.REGIONS, own)
                .map(code -> new Option(code.code(), code.label(language) + ", " + country(code, language)))
                .toList();
    }

    private static String country(KnownCode region, String language) {
        String code = region.code();
        return country(code.substring(0, Math.min(2, code.length())), language);
    }

    private static String country(String code, String language) {
        return Locale.of("", code).getDisplayCountry(Locale.of(language));
    }

    /// @param own languages that must be among them
    List<Option> languages(Locale locale, List<String> own) {
        var format = formats.in(locale);
        return Stream.concat(
                        Arrays.stream(Language.values()).map(Language::tag),
                        own.stream().filter(GatheringReader::spoken))
                .distinct()
                .map(tag -> new Option(tag, format.language(tag)))
                .toList();
    }

    /// @param own a zone that must be among them, if any
    List<Option> zones(Locale locale, @Nullable String own) {
        var names = new ArrayList<>(ZONES);
        if (own != null && GatheringReader.zone(own) != null && !names.contains(own)) {
            names.add(own);
        }
        var format = formats.in(locale);
        return names.stream()
                .map(name -> new Option(name, format.zone(ZoneId.of(name))))
                .toList();
    }

    static List<Option> organisers(List<KnownOrganisation> organisations, Locale locale) {
        String language = Language.of(locale).tag();
        return organisations.stream()
                .map(organisation -> new Option(
                        organisation.id().toString(), organisation.name().text(language)))
                .toList();
    }

    /// A gathering in a list.
    ///
    /// @param where place in words; null if it is online only
    /// @param kind what kind it is, in words
    record Card(
            UUID id,
            LocalisedText title,
            Moment starts,
            Moment ends,
            @Nullable String where,
            String kind,
            LocalisedText organiserName,
            GatheringState state) {

        public boolean cancelled() {
            return state == GatheringState.CANCELLED;
        }

        public boolean draft() {
            return state == GatheringState.DRAFT;
        }

        public boolean announced() {
            return state == GatheringState.ANNOUNCED;
        }
    }

    /// A gathering on its own page.
    ///
    /// @param description the whole text, for its language and state
    /// @param paragraphs the same for this reader, cut at line ends
    /// @param languages languages spoken there, in words
    /// @param translations the languages one may read about it in
    record Detail(
            Card card,
            UUID organiser,
            @Nullable LocalisedText description,
            List<String> paragraphs,
            @Nullable String link,
            List<String> topics,
            List<String> sdgs,
            List<String> languages,
            List<Translation> translations,
            @Nullable LocalisedText cancellationReason,
            int revision) {}

    /// A language in which the text is there.
    record Translation(String tag, String direction, Wording.State state) {}
}
