package coop.imece.platform.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The five languages of the network (BCP 47 subtags), in the order in which they are offered.
public enum Language {
    TR,
    EN,
    SL,
    HE,
    IT;

    /// The BCP 47 tag.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Locale locale() {
        return Locale.of(tag());
    }

    /// `rtl` for Hebrew, else `ltr`.
    public String direction() {
        return this == HE ? "rtl" : "ltr";
    }

    public static Optional<Language> of(String tag) {
        return Arrays.stream(values()).filter(l -> l.tag().equals(tag)).findFirst();
    }

    /// The language of a locale, else English. Java's old code `iw` is Hebrew.
    public static Language of(Locale locale) {
        String tag = locale.getLanguage();
        return of("iw".equals(tag) ? "he" : tag).orElse(EN);
    }
}
