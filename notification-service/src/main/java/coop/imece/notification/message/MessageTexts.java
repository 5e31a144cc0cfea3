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

    private static final int LONGEST_NAME = 30;

    private final MessageSource texts;
    private final ITemplateEngine templates;

    MessageTexts(MessageSource texts, ITemplateEngine templates) {
        this.texts = texts;
        this.templates = templates;
    }

    /// A mail in words.
    record Mail(String subject, String text, String html) {}

    Mail mail(MessageTemplate template, Language language, Map<String, String> parameters, Duration valid) {
        Object[] about = about(language, parameters);
        String subject = text(template, "subject", language, about);
        String intro = text(template, "intro", language, about);
        String note = text(template, "note", language, minutes(valid), days(valid));
        String footer = footer(template, language, about);
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
        return text(
                template,
                "sms",
                language,
                parameters.getOrDefault("code", ""),
                minutes(valid),
                shortened(parameters.getOrDefault("organisation", "")),
                role(language, parameters),
                parameters.getOrDefault("link", ""),
                days(valid),
                parameters.getOrDefault("address", ""));
    }

    /// Why it came; most came because somebody typed the address.
    private String footer(MessageTemplate template, Language language, Object[] about) {
        String own = texts.getMessage("message." + template.id() + ".footer", about, null, language.locale());
        return own == null ? text("message.footer", language) : own;
    }

    /// For which organisation, in which role, about which address.
    private Object[] about(Language language, Map<String, String> parameters) {
        return new Object[] {
            parameters.getOrDefault("organisation", ""),
            role(language, parameters),
            parameters.getOrDefault("address", "")
        };
    }

    /// The words for a role; a role that came later is left out.
    private String role(Language language, Map<String, String> parameters) {
        String words = texts.getMessage(
                "message.role." + parameters.getOrDefault("role", "VIEWER"), null, null, language.locale());
        return words == null ? text("message.role.VIEWER", language) : words;
    }

    /// An SMS shall stay one SMS.
    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 2))
                                .strip() + "..";
    }

    /// A number, because a text may have other words for one day than for several.
    private static long days(Duration valid) {
        return Math.max(1, valid.plusHours(12).toDays());
    }

    private static long minutes(Duration valid) {
        return Math.max(1, valid.plusSeconds(30).toMinutes());
    }

    private String text(MessageTemplate template, String part, Language language, Object... args) {
        return text("message." + template.id() + "." + part, language, args);
    }

    private String text(String key, Language language, Object... args) {
        return texts.getMessage(key, args, language.locale());
    }
}
