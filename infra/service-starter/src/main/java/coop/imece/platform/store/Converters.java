package coop.imece.platform.store;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Moment;
import coop.imece.platform.text.Wording;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/// How our value types stand in documents: so that a date is a date to an index, and a text is found by its language.
public final class Converters {

    private Converters() {}

    /// All of them.
    public static List<Converter<?, ?>> all() {
        return List.of(
                new MomentWriter(),
                new MomentReader(),
                new OffsetDateTimeWriter(),
                new OffsetDateTimeReader(),
                new LocalisedTextWriter(),
                new LocalisedTextReader());
    }

    /// `{at: date, offset: "+03:00", zone: "Europe/Istanbul"}`: query `starts.at` with an `Instant`.
    @WritingConverter
    static final class MomentWriter implements Converter<Moment, Document> {
        @Override
        public Document convert(Moment moment) {
            return new Document("at", Date.from(moment.at().toInstant()))
                    .append("offset", moment.at().getOffset().getId())
                    .append("zone", moment.zone().getId());
        }
    }

    @ReadingConverter
    static final class MomentReader implements Converter<Document, Moment> {
        @Override
        public Moment convert(Document document) {
            return new Moment(
                    document.getDate("at").toInstant().atOffset(ZoneOffset.of(document.getString("offset"))),
                    ZoneId.of(document.getString("zone")));
        }
    }

    /// `{at: date, offset: "+03:00"}`.
    @WritingConverter
    static final class OffsetDateTimeWriter implements Converter<OffsetDateTime, Document> {
        @Override
        public Document convert(OffsetDateTime time) {
            return new Document("at", Date.from(time.toInstant()))
                    .append("offset", time.getOffset().getId());
        }
    }

    @ReadingConverter
    static final class OffsetDateTimeReader implements Converter<Document, OffsetDateTime> {
        @Override
        public OffsetDateTime convert(Document document) {
            return document.getDate("at").toInstant().atOffset(ZoneOffset.of(document.getString("offset")));
        }
    }

    /// `{tr: {text: "…", state: "SOURCE"}}`.
    @WritingConverter
    static final class LocalisedTextWriter implements Converter<LocalisedText, Document> {
        @Override
        public Document convert(LocalisedText text) {
            Document document = new Document();
            text.byLanguage()
                    .forEach((language, wording) -> document.append(
                            language,
                            new Document("text", wording.text())
                                    .append("state", wording.state().name())));
            return document;
        }
    }

    @ReadingConverter
    static final class LocalisedTextReader implements Converter<Document, LocalisedText> {
        @Override
        public LocalisedText convert(Document document) {
            Map<String, Wording> byLanguage = new LinkedHashMap<>();
            for (String language : document.keySet()) {
                Document wording = document.get(language, Document.class);
                byLanguage.put(
                        language,
                        new Wording(wording.getString("text"), Wording.State.valueOf(wording.getString("state"))));
            }
            return new LocalisedText(byLanguage);
        }
    }
}
