package coop.imece.notification.broadcast;

import coop.imece.notification.recipient.InterestCodes;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.page.Format;
import coop.imece.platform.page.Formats;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Place;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// Says in one language what a notice holds: the same words for mail and SMS.
@Component
class NoticeWords {

    private final MessageSource texts;
    private final Formats formats;
    private final KnownCodeLists codes;
    private final InterestCodes interests;

    NoticeWords(MessageSource texts, Formats formats, KnownCodeLists codes, InterestCodes interests) {
        this.texts = texts;
        this.formats = formats;
        this.codes = codes;
        this.interests = interests;
    }

    String text(String key, Language language, Object... args) {
        return texts.getMessage("broadcast." + key, args, language.locale());
    }

    String of(@Nullable LocalisedText text, Language language) {
        return text == null ? "" : line(text.text(language.tag()));
    }

    /// With the day of the week and the zone in words.
    String when(Notice notice, Language language) {
        Format format = formats.in(language.locale());
        return format.range(notice.starts(), notice.ends()) + " ("
                + format.zone(notice.starts().zone()) + ")";
    }

    /// Day and hour of the beginning.
    String shortWhen(Notice notice, Language language) {
        Format format = formats.in(language.locale());
        return format.shortDate(notice.starts()) + " " + format.time(notice.starts());
    }

    /// The locality and its region, or the country if no region is known.
    String where(Notice notice, Language language) {
        Place place = notice.place();
        if (place == null) {
            return text("online", language);
        }
        String around = place.region() == null
                ? InterestCodes.countryLabel(place.country(), language)
                : codes.label("regions", place.region(), language.tag());
        return joined(place.locality() == null ? "" : line(place.locality()), around);
    }

    /// The kind, the region or country and the topic that were asked for; "all gatherings" if none was.
    String reason(Reason reason, Language language) {
        String asked = interests.describe(reason, language);
        return asked.isEmpty() ? text("reason.any", language) : asked;
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).distinct().collect(Collectors.joining(", "));
    }

    /// People's words on one line.
    static String line(String text) {
        return Arrays.stream(text.split("[\\s\\p{Cntrl}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
