package coop.imece.notification.message;

import coop.imece.platform.text.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/// Words the messages: mail as plain text and HTML with the same content, SMS in one sentence or two.
@Component
final class MessageTexts {

    private final MessageSource texts;
    private final ITemplateEngine templates;

    MessageTexts(MessageSource texts, ITemplateEngine templates) {
        this.texts = texts;
        this.templates = templates;
    }

    /// A mail in words.
    record Mail(String subject, String text, String html) {}

    Mail mail(MessageTemplate template, Language language, Map<String, String> parameters, Duration valid) {
        String subject = text(template, "subject", language);
        String intro = text(template, "intro", language);
        String note = text(template, "note", language, minutes(valid));
        String footer = text("message.footer", language);
        @Nullable String code = parameters.get("code");
        @Nullable String link = parameters.get("link");
        String action = link == null ? null : text(template, "action", language);

        List<String> lines = new ArrayList<>(List.of(intro, ""));
        if (code != null) {
            lines.addAll(List.of(code, ""));
        }
        if (link != null && action != null) {
            lines.addAll(List.of(action + ":", link, ""));
        }
        lines.addAll(List.of(note, "", "-- ", footer));

        var context = new Context(language.locale());
        context.setVariable("language", language);
        context.setVariable("subject", subject);
        context.setVariable("intro", intro);
        context.setVariable("code", code);
        context.setVariable("link", link);
        context.setVariable("action", action);
        context.setVariable("note", note);
        context.setVariable("footer", footer);
        return new Mail(subject, String.join("\n", lines) + "\n", templates.process("message/mail", context));
    }

    String sms(MessageTemplate template, Language language, Map<String, String> parameters, Duration valid) {
        return text(template, "sms", language, parameters.getOrDefault("code", ""), minutes(valid));
    }

    private static String minutes(Duration valid) {
        return Long.toString(Math.max(1, valid.plusSeconds(30).toMinutes()));
    }

    private String text(MessageTemplate template, String part, Language language, Object... args) {
        return text("message." + template.id() + "." + part, language, args);
    }

    private String text(String key, Language language, Object... args) {
        return texts.getMessage(key, args, language.locale());
    }
}
