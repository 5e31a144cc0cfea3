package coop.imece.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// How long ago something was, in words, as coarse as one remembers it: "3 gün önce".
@Component
class Ago {

    private final MessageSource texts;
    private final Clock clock;

    Ago(MessageSource texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    String words(Instant then, Locale reader) {
        Duration past = Duration.between(then, clock.instant());
        if (past.compareTo(Sessions.SEEN_EVERY) < 0) {
            return texts.getMessage("sessions.ago.now", null, reader);
        }
        if (past.toHours() == 0) {
            return words("minutes", past.toMinutes(), reader);
        }
        return past.toDays() == 0 ? words("hours", past.toHours(), reader) : words("days", past.toDays(), reader);
    }

    /// One, two, more: all that the five languages tell apart in this sentence.
    private String words(String unit, long number, Locale reader) {
        String form = number == 1 ? "1" : number == 2 ? "2" : "n";
        return texts.getMessage("sessions.ago." + unit + "." + form, new Object[] {number}, reader);
    }
}
