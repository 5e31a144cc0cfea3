package coop.imece.notification.broadcast;

import coop.imece.notification.channel.sms.SmsLimits;
import coop.imece.notification.channel.sms.SmsText;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.platform.text.Language;
import java.util.List;
import org.springframework.stereotype.Component;

/// Writes the SMS of a broadcast: complete without a link (links from abroad are not delivered everywhere), in one
/// part if possible. When, where, why and how to stop are never cut; the organiser and the end of a long title may be
/// left out if that saves a part.
@Component
class SmsWriter {

    private static final int SHORT_TITLE = 40;

    private final NoticeWords words;
    private final SmsLimits limits;

    SmsWriter(NoticeWords words, SmsLimits limits) {
        this.words = words;
        this.limits = limits;
    }

    String write(Broadcast broadcast, Wording wording, Language language, Reason reason) {
        Notice notice = broadcast.notice();
        String title = words.of(notice.title(), language);
        String organiser = words.of(notice.organiserName(), language);
        List<String> versions = List.of(
                sms(notice, wording, language, reason, words.text("sms.by", language, title, organiser)),
                sms(notice, wording, language, reason, title),
                sms(notice, wording, language, reason, shortened(title)));
        String best = versions.getFirst();
        for (String version : versions) {
            if (SmsText.of(version).fitsOne(limits.reserve())) {
                return version;
            }
            if (SmsText.of(version).segments() < SmsText.of(best).segments()) {
                best = version;
            }
        }
        return best;
    }

    private String sms(Notice notice, Wording wording, Language language, Reason reason, String title) {
        return plain(words.text(
                "sms." + wording,
                language,
                title,
                words.shortWhen(notice, language),
                words.where(notice, language),
                words.reason(reason, language)));
    }

    private static String shortened(String title) {
        if (title.codePointCount(0, title.length()) <= SHORT_TITLE) {
            return title;
        }
        String cut = title.substring(0, title.offsetByCodePoints(0, SHORT_TITLE));
        int blank = cut.lastIndexOf(' ');
        return (blank > SHORT_TITLE / 2 ? cut.substring(0, blank) : cut) + "...";
    }

    /// Punctuation as a phone's keyboard has it; one typographic quote would cost half of the room. Letters stay as
    /// they are.
    static String plain(String text) {
        return text.replaceAll("[‘’‚]", "'")
                .replaceAll("[“”„«»]", "\"")
                .replaceAll("[‐‑‒–—]", "-")
                .replace("…", "...")
                .replace("·", "-")
                .replaceAll("[\\u00A0\\u2009\\u202F]", " ")
                .replaceAll("[\\u2066-\\u2069\\u200B-\\u200F]", "");
    }
}
