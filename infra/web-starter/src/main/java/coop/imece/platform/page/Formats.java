package coop.imece.platform.page;

import coop.imece.platform.web.Problems;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;

/// Makes the [Format] of a reader; a bean, so that code may use what templates know as `#format`.
public final class Formats {

    private final MessageSource messages;
    private final ObjectProvider<Problems> problems;

    Formats(MessageSource messages, ObjectProvider<Problems> problems) {
        this.messages = messages;
        this.problems = problems;
    }

    /// The forms customary in a language.
    public Format in(Locale locale) {
        return new Format(locale, messages, problems);
    }
}
