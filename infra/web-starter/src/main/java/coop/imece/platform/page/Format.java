package coop.imece.platform.page;

import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problems;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;

/// Dates, numbers and texts in the form customary in the reader's language; `#format` in templates.
public final class Format {

    private static final char ISOLATE = '\u2066';
    private static final char END_ISOLATE = '\u2069';

    private final Locale reader;
    private final Locale locale;
    private final MessageSource messages;
    private final ObjectProvider<Problems> problems;

    Format(Locale reader, MessageSource messages, ObjectProvider<Problems> problems) {
        this.reader = Language.of(reader).locale();
        // The English of most readers here is written day before month.
        this.locale = Language.of(reader) == Language.EN ? Locale.UK : this.reader;
        this.messages = messages;
        this.problems = problems;
    }

    /// With the day of the week: 12 Aralık 2026 Cumartesi.
    public String date(@Nullable Object when) {
        return day(when, FormatStyle.FULL);
    }

    /// Without the day of the week: 12 Aralık 2026.
    public String shortDate(@Nullable Object when) {
        return day(when, FormatStyle.LONG);
    }

    private String day(@Nullable Object when, FormatStyle style) {
        return when == null
                ? ""
                : DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(temporal(when));
    }

    /// The time of the day: 10.00.
    public String time(@Nullable Object when) {
        return when == null ? "" : clock(temporal(when));
    }

    private String clock(TemporalAccessor when) {
        return DateTimeFormatter.ofPattern(text("format.time"), locale).format(when);
    }

    /// Day and time: 12 Aralık 2026 Cumartesi, 10.00.
    public String dateTime(@Nullable Object when) {
        return when == null ? "" : text("format.when", date(when), time(when));
    }

    /// From here to there, the day said once if it is one day: 12 Aralık 2026 Cumartesi, 10.00–18.00.
    public String range(Moment starts, @Nullable Moment ends) {
        if (ends == null) {
            return dateTime(starts);
        }
        ZonedDateTime from = local(starts);
        ZonedDateTime to = ends.at().atZoneSameInstant(starts.zone());
        return from.toLocalDate().equals(to.toLocalDate())
                ? text("format.when", date(from), leftToRight(clock(from) + "–" + clock(to)))
                : text("format.range", dateTime(from), dateTime(to));
    }

    /// The zone in words: Türkiye saati.
    public String zone(ZoneId zone) {
        String id = zone.getId();
        String city = id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
        String words = messages.getMessage("format.zone." + id, null, null, reader);
        return words != null ? words : text("format.zone", city);
    }

    /// The month in short, for a date block: Ara.
    public String month(Object when) {
        return DateTimeFormatter.ofPattern("LLL", locale).format(temporal(when));
    }

    /// The day of the month, for a date block: 12.
    public String day(Object when) {
        return DateTimeFormatter.ofPattern("d", locale).format(temporal(when));
    }

    /// The day of the week in short, for a date block: Cmt.
    public String weekday(Object when) {
        return LocalDate.from(temporal(when)).getDayOfWeek().getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    /// For the `datetime` attribute of a `time` element.
    public String iso(Object when) {
        return when instanceof Moment moment ? moment.at().toString() : when.toString();
    }

    /// 14.382
    public String number(@Nullable Number number) {
        return number == null ? "" : NumberFormat.getInstance(locale).format(number);
    }

    /// A share of 1 as a percentage: %58.
    public String percent(@Nullable Number share) {
        return share == null ? "" : NumberFormat.getPercentInstance(locale).format(share);
    }

    /// The name of a language in the reader's language.
    public String language(String tag) {
        return messages.getMessage("language." + tag, null, tag, reader) instanceof String name ? name : tag;
    }

    /// The text for the reader, with the language it is in.
    public Reading reading(@Nullable LocalisedText text) {
        return text == null
                ? new Reading("", reader.getLanguage(), "ltr", false, Wording.State.SOURCE)
                : text.best(reader.getLanguage())
                        .map(best -> new Reading(
                                best.getValue().text(),
                                best.getKey(),
                                Language.of(best.getKey())
                                        .map(Language::direction)
                                        .orElse("auto"),
                                !best.getKey().equals(reader.getLanguage()),
                                best.getValue().state()))
                        .orElseGet(() -> reading(null));
    }

    /// The plain text for the reader, for titles and attributes.
    public String text(@Nullable LocalisedText text) {
        return reading(text).text();
    }

    /// What is wrong with a field, in words.
    public String error(FieldError error) {
        Problems words = problems.getIfAvailable();
        return words != null
                ? words.text(error, reader)
                : text("error." + error.code(), error.args().toArray());
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, reader);
    }

    /// Digits with a dash between them would turn round in a right-to-left sentence.
    private String leftToRight(String digits) {
        return Language.of(reader) == Language.HE ? ISOLATE + digits + END_ISOLATE : digits;
    }

    private static ZonedDateTime local(Moment moment) {
        return moment.at().atZoneSameInstant(moment.zone());
    }

    private static TemporalAccessor temporal(Object when) {
        return switch (when) {
            case Moment moment -> local(moment);
            case Instant instant -> instant.atZone(ZoneId.of("Europe/Istanbul"));
            case OffsetDateTime at -> at;
            case TemporalAccessor temporal -> temporal;
            default -> throw new IllegalArgumentException("no date: " + when.getClass());
        };
    }

    /// A text as one reader gets it.
    ///
    /// @param text the words
    /// @param language the language they are in
    /// @param direction its direction
    /// @param foreign whether it is not the reader's language
    /// @param state how far to trust the wording
    public record Reading(String text, String language, String direction, boolean foreign, Wording.State state) {}
}
