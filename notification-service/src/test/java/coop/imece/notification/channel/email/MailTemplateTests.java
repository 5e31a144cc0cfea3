package coop.imece.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coop.imece.platform.text.Language;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mails are read back by another library's parser.
class MailTemplateTests {

    private static final List<String> OURS = List.of(
            "To",
            "Message-ID",
            "Date",
            "From",
            "Subject",
            "Content-Language",
            "Auto-Submitted",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type");
    private static final String STOP = "k1.Z2VoZWlt-" + "x".repeat(90);
    private static final String PREFERENCES = "p_" + "y".repeat(120);

    private final Letterhead letterhead = new Letterhead(MailLaneTests.settings(25));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHebrewMailCarriesBothPartsAndTheCapabilities(boolean eightBit) throws Exception {
        var marks = MailTemplate.Marks.fresh();
        var template = letterhead.circular(
                Language.HE,
                "יריד יצרנים בנילופר: כל מי שביקש לדעת מקבל הודעה על כך",
                "שלום\nhttp://localhost:8080/unsubscribe/" + marks.stop() + "\nhttp://localhost:8080/preferences/"
                        + marks.preferences() + "\n",
                "<html dir=\"rtl\" lang=\"he\"><a href=\"http://localhost:8080/unsubscribe/" + marks.stop() + "\">"
                        + "הסרה</a></html>",
                marks,
                "gatherings",
                Map.of("List-Unsubscribe", "<http://localhost:8080/api/v1/unsubscribe/" + marks.stop() + ">"));
        UUID delivery = UUID.randomUUID();
        String raw = raw(
                template,
                eightBit,
                letterhead.gaps(
                        delivery, "dana@agudah.example", Instant.parse("2026-11-21T09:00:00Z"), STOP, PREFERENCES));
        MimeMessage mail = parse(raw);
        assertThat(mail.getSubject()).isEqualTo("יריד יצרנים בנילופר: כל מי שביקש לדעת מקבל הודעה על כך");
        assertThat(mail.getFrom()[0]).hasToString("=?UTF-8?B?xLBtZWNl?= <bildirim@imece.example>");
        assertThat(mail.getMessageID()).isEqualTo("<" + delivery + "@imece.example>");
        assertThat(mail.getHeader("List-Unsubscribe"))
                .containsExactly("<http://localhost:8080/api/v1/unsubscribe/" + STOP + ">");
        assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
        assertThat(part(mail, 0).getContentType()).startsWith("text/plain");
        assertThat(text(mail, 0)).contains("שלום", "/unsubscribe/" + STOP + "\r\n", "/preferences/" + PREFERENCES);
        assertThat(text(mail, 1)).contains("dir=\"rtl\"", "/unsubscribe/" + STOP + "\">הסרה</a>");
        assertThat(raw.lines().mapToInt(l -> l.getBytes(StandardCharsets.UTF_8).length))
                .allMatch(length -> length < (eightBit ? 998 : 300));
        if (!eightBit) {
            assertThat(raw.chars()).allMatch(c -> c < 127);
            assertThat(raw.substring(raw.indexOf("\r\n\r\n")).lines()).allMatch(l -> l.length() <= 76);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 20261121})
    void noTextOfPeopleAddsAHeaderOrAPartOrEndsTheMail(long seed) throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String subject = hostile(random);
            String body = hostile(random);
            var template = letterhead.circular(
                    Language.TR,
                    subject,
                    body,
                    body,
                    MailTemplate.Marks.fresh(),
                    "gatherings",
                    Map.of(
                            "List-Unsubscribe",
                            "<http://x.example/>",
                            "List-Unsubscribe-Post",
                            "List-Unsubscribe=One-Click"));
            for (boolean eightBit : new boolean[] {true, false}) {
                String stuffed = wire(
                        template, eightBit, letterhead.gaps(UUID.randomUUID(), "a@x.example", Instant.EPOCH, "", ""));
                assertThat(stuffed).as("seed %s round %s", seed, round).doesNotContain("\r\n.\r\n");
                assertThat(stuffed.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
                MimeMessage mail = parse(stuffed.replace("\r\n..", "\r\n."));
                assertThat(Collections.list(mail.getAllHeaders()))
                        .as("seed %s round %s", seed, round)
                        .extracting(Header::getName)
                        .containsExactlyInAnyOrderElementsOf(OURS);
                assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
                assertThat(mail.getSubject() == null ? "" : mail.getSubject().strip())
                        .isEqualTo(subject.codePoints()
                                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()
                                .strip());
            }
        }
    }

    @Test
    void refusesWhatCannotStandInAHeader() {
        assertThatThrownBy(() ->
                        letterhead.gaps(UUID.randomUUID(), "a@x.example>\r\nBcc: b@x.example", Instant.EPOCH, "", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letterhead.gaps(UUID.randomUUID(), "a@x.example", Instant.EPOCH, "a\r\nb", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MailHeaders().add("List-Unsubscribe", "<x>\r\nBcc: b@x.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(letterhead.deliverable("a b@x.example")).isFalse();
        assertThat(letterhead.deliverable("a@x.example\r\nRCPT TO:<b@x.example>"))
                .isFalse();
    }

    private static String hostile(Random random) {
        String[] pieces = {
            "\r\n",
            "\n",
            "\r",
            "\n.\n",
            "\r\n.\r\n",
            ".",
            "..",
            "Bcc: b@x.example",
            "=?UTF-8?Q?x?=",
            "--=_",
            "ş",
            "İ",
            "ש",
            "😀",
            " ",
            "\t",
            "\u2028",
            "\u0085",
            "\u0000",
            "=",
            "=0D=0A",
            "a".repeat(1200),
            "çok uzun bir cümle ",
            "<",
            "&",
            "\uE000"
        };
        var text = new StringBuilder("x");
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static BodyPart part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent()).getBodyPart(index);
    }

    private static String text(MimeMessage mail, int index) throws Exception {
        return (String) part(mail, index).getContent();
    }

    private static String wire(MailTemplate template, boolean eightBit, MailTemplate.Gaps gaps) {
        var buffer = new WireBuffer();
        template.write(buffer, eightBit, gaps);
        return buffer.toString();
    }

    private static String raw(MailTemplate template, boolean eightBit, MailTemplate.Gaps gaps) {
        return wire(template, eightBit, gaps).replace("\r\n..", "\r\n.");
    }

    private static MimeMessage parse(String raw) throws Exception {
        return new MimeMessage(null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }
}
