package coop.imece.launcher.inbox;

import coop.imece.launcher.inbox.InboxMessage.Channel;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/// Reads the bytes of a mail. What cannot be read is shown as it came: a sink refuses nothing for its content.
final class MailText {

    private static final Session SESSION = Session.getInstance(properties());

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    private MailText() {}

    static InboxMessage read(String id, String from, String to, byte[] content, Instant receivedAt) {
        try {
            var message = new MimeMessage(SESSION, new ByteArrayInputStream(content));
            var body = new MailText();
            body.collect(message);
            var subject = message.getSubject();
            var sender = message.getHeader("From", null);
            return new InboxMessage(
                    id,
                    Channel.EMAIL,
                    sender == null ? from : decoded(sender),
                    to,
                    subject == null ? "" : subject,
                    body.text.toString(),
                    body.html.toString(),
                    headers(message),
                    receivedAt,
                    1);
        } catch (MessagingException | IOException e) {
            var raw = new String(content, StandardCharsets.UTF_8);
            return new InboxMessage(id, Channel.EMAIL, from, to, "", raw, "", Map.of(), receivedAt, 1);
        }
    }

    private void collect(Part part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                collect(parts.getBodyPart(i));
            }
        } else if (part.isMimeType("text/html")) {
            html.append(part.getContent());
        } else if (part.isMimeType("text/*")) {
            text.append(part.getContent());
        }
    }

    private static Map<String, String> headers(MimeMessage message) throws MessagingException {
        var headers = new LinkedHashMap<String, String>();
        for (var header : Collections.list(message.getAllHeaders())) {
            headers.put(header.getName(), decoded(MimeUtility.unfold(header.getValue())));
        }
        return headers;
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException _) {
            return value;
        }
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        return properties;
    }
}
