package coop.imece.notification.broadcast;

import coop.imece.notification.channel.email.Letterhead;
import coop.imece.notification.channel.email.MailTemplate;
import coop.imece.notification.delivery.Delivery.Wording;
import coop.imece.notification.recipient.Recipients.Reason;
import coop.imece.platform.text.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/// Writes the mail of a broadcast in one language and for one reason: plain text and HTML with the same content, and
/// the two ways out (RFC 8058 in the head, a link at the foot).
@Component
class MailWriter {

    private static final int LONGEST_DESCRIPTION = 600;

    private final NoticeWords words;
    private final ITemplateEngine templates;
    private final Letterhead letterhead;
    private final String publicUrl;

    MailWriter(
            NoticeWords words,
            ITemplateEngine templates,
            Letterhead letterhead,
            @Value("${imece.public-url}") String publicUrl) {
        this.words = words;
        this.templates = templates;
        this.letterhead = letterhead;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /// A line of the facts.
    record Fact(String label, String value) {}

    MailTemplate write(Broadcast broadcast, Wording wording, Language language, Reason reason) {
        var marks = MailTemplate.Marks.fresh();
        String stop = publicUrl + "/unsubscribe/" + marks.stop();
        String preferences = publicUrl + "/preferences/" + marks.preferences();
        var context = new Context(language.locale());
        context.setVariable("language", language);
        String subject = subject(broadcast, wording, language);
        context.setVariable("subject", subject);
        context.setVariable("title", words.of(broadcast.notice().title(), language));
        context.setVariable("intro", intro(broadcast, wording, language));
        context.setVariable("facts", facts(broadcast, wording, language));
        context.setVariable("description", description(broadcast, wording, language));
        context.setVariable("link", publicUrl + "/gatherings/" + broadcast.gathering());
        context.setVariable("why", why(wording, reason, language));
        context.setVariable("stop", stop);
        context.setVariable("preferences", preferences);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("List-Unsubscribe", "<" + publicUrl + "/api/v1/unsubscribe/" + marks.stop() + ">");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return letterhead.circular(
                language,
                subject,
                text(context, language),
                templates.process("broadcast/mail", context),
                marks,
                "gatherings",
                headers);
    }

    private String subject(Broadcast broadcast, Wording wording, Language language) {
        return words.text(
                "mail.subject." + wording, language, words.of(broadcast.notice().title(), language));
    }

    private String intro(Broadcast broadcast, Wording wording, Language language) {
        return words.text(
                "mail.intro." + wording, language, words.of(broadcast.notice().organiserName(), language));
    }

    private List<Fact> facts(Broadcast broadcast, Wording wording, Language language) {
        Notice notice = broadcast.notice();
        List<Fact> facts = new ArrayList<>();
        String reason = words.of(broadcast.cancellationReason(), language);
        if (wording == Wording.CANCELLATION && !reason.isEmpty()) {
            facts.add(new Fact(words.text("cancelled-because", language), reason));
        }
        facts.add(new Fact(words.text("when", language), words.when(notice, language)));
        facts.add(new Fact(words.text("where", language), words.where(notice, language)));
        facts.add(new Fact(words.text("organiser", language), words.of(notice.organiserName(), language)));
        return facts;
    }

    private String description(Broadcast broadcast, Wording wording, Language language) {
        String text = wording == Wording.CANCELLATION
                ? ""
                : words.of(broadcast.notice().description(), language);
        if (text.codePointCount(0, text.length()) <= LONGEST_DESCRIPTION) {
            return text;
        }
        String cut = text.substring(0, text.offsetByCodePoints(0, LONGEST_DESCRIPTION));
        int blank = cut.lastIndexOf(' ');
        return (blank > LONGEST_DESCRIPTION / 2 ? cut.substring(0, blank) : cut) + " …";
    }

    private String why(Wording wording, Reason reason, Language language) {
        String why = words.text("mail.why", language, words.reason(reason, language));
        return wording == Wording.ANNOUNCEMENT ? why : words.text("mail.why.told", language) + " " + why;
    }

    private String text(Context context, Language language) {
        var text = new StringBuilder();
        text.append(context.getVariable("intro")).append("\n\n");
        text.append(context.getVariable("title")).append("\n\n");
        for (Object fact : (List<?>) context.getVariable("facts")) {
            var line = (Fact) fact;
            text.append(line.label()).append(": ").append(line.value()).append('\n');
        }
        String description = (String) context.getVariable("description");
        if (!description.isEmpty()) {
            text.append('\n').append(description).append('\n');
        }
        text.append('\n').append(words.text("mail.open", language)).append(":\n");
        text.append(context.getVariable("link")).append("\n\n-- \n");
        text.append(context.getVariable("why")).append('\n');
        text.append(words.text("mail.preferences", language)).append(":\n");
        text.append(context.getVariable("preferences")).append('\n');
        text.append(words.text("mail.stop", language)).append(":\n");
        text.append(context.getVariable("stop")).append('\n');
        return text.toString();
    }
}
