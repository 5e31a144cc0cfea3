package coop.imece.notification.channel.email;

import coop.imece.platform.text.Language;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;

/// What all our mails have in common: who sends them, how they are named and dated.
///
/// The Message-ID derives from the delivery, so that a mail repeated after a kill is recognised as the same.
public final class Letterhead {

    private final SmtpSettings settings;

    Letterhead(SmtpSettings settings) {
        this.settings = settings;
    }

    /// A mail for many, with gaps.
    ///
    /// @param list the `List-Id`: a word that names the kind of mail
    /// @param headers further fields of our own making; values may hold marks
    public MailTemplate circular(
            Language language,
            String subject,
            String text,
            String html,
            MailTemplate.Marks marks,
            String list,
            Map<String, String> headers) {
        MailHeaders all = head(language, subject).add("List-Id", "<" + list + "." + settings.domain() + ">");
        headers.forEach(all::add);
        return MailTemplate.of(all, text, html, marks);
    }

    /// A mail to one person.
    MailTemplate single(Language language, String subject, String text, String html, Map<String, String> headers) {
        MailHeaders all = head(language, subject);
        headers.forEach(all::add);
        return MailTemplate.of(all, text, html, MailTemplate.Marks.fresh());
    }

    private MailHeaders head(Language language, String subject) {
        return new MailHeaders()
                .addMailbox("From", settings.name(), settings.from())
                .addWords("Subject", subject)
                .add("Content-Language", language.tag())
                .add("Auto-Submitted", "auto-generated");
    }

    /// What fills the gaps.
    public MailTemplate.Gaps gaps(UUID delivery, String to, Instant now, String stop, String preferences) {
        return new MailTemplate.Gaps(
                to,
                delivery + "@" + settings.domain(),
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
                stop,
                preferences);
    }

    /// Whether a mail can be addressed to it at all.
    public boolean deliverable(String address) {
        return EmailAddress.valid(address);
    }
}
