package coop.imece.launcher.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpSessionTests {

    private record Delivered(String from, String to, String messageId, String content) {}

    private final List<Delivered> delivered = new ArrayList<>();
    private final SmtpSession session = new SmtpSession((from, to, messageId, content) ->
            delivered.add(new Delivered(from, to, messageId, new String(content, StandardCharsets.UTF_8))));
    private long now;

    @Test
    void takesAWholeMailInOnePieceAndAnswersInOrder() {
        answersTo("EHLO here\r\n");

        var answers = answersTo("""
                MAIL FROM:<imece@imece.example>
                RCPT TO:<dana@agudah.example>
                DATA
                Message-ID: <1@imece.example>
                Subject: x

                first
                ..dotted
                .
                RSET
                """);

        assertThat(answers).containsExactly("250", "250", "354", "250", "250");
        assertThat(delivered)
                .containsExactly(new Delivered(
                        "imece@imece.example",
                        "dana@agudah.example",
                        "<1@imece.example>",
                        "Message-ID: <1@imece.example>\r\nSubject: x\r\n\r\nfirst\r\n.dotted\r\n"));
    }

    @Test
    void offersWhatASenderMayUse() {
        assertThat(textAfter("EHLO here\r\n"))
                .contains("250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", "250 SIZE 10485760");
    }

    @Test
    void takesTheSameMailByteByByte() {
        var wire = "EHLO here\nMAIL FROM:<a@a.example>\nRCPT TO:<öz@a.example>\nDATA\n\nx\n.\n".replace("\n", "\r\n");
        for (byte one : wire.getBytes(StandardCharsets.UTF_8)) {
            session.receive(ByteBuffer.wrap(new byte[] {one}));
            session.proceed(now);
        }

        assertThat(delivered).extracting(Delivered::to).containsExactly("öz@a.example");
        assertThat(delivered).extracting(Delivered::content).containsExactly("\r\nx\r\n");
    }

    @Test
    void refusesForGoodForNowAndAnswersLateAsTheRecipientAsks() {
        answersTo("EHLO here\r\nMAIL FROM:<a@a.example>\r\n");

        assertThat(answersTo("RCPT TO:<bounce-1@a.example>\r\nRCPT TO:<later@a.example>\r\nDATA\r\n"))
                .containsExactly("550", "451", "503");
        assertThat(answersTo("RCPT TO:<slow@a.example>\r\nDATA\r\n")).isEmpty();
        assertThat(session.isWaiting()).isTrue();
        now += Duration.ofMillis(4999).toNanos();
        assertThat(answersTo("")).isEmpty();
        now += Duration.ofMillis(1).toNanos();
        assertThat(answersTo("")).containsExactly("250", "354");
    }

    @Test
    void refusesAMailThatIsTooLargeAndTakesTheNextOne() {
        answersTo("EHLO here\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@a.example>\r\nDATA\r\n");
        var line = "x".repeat(998) + "\r\n";
        for (int i = 0; i <= SmtpSession.MAX_SIZE / 1000; i++) {
            assertThat(answersTo(line)).isEmpty();
        }

        assertThat(answersTo(".\r\n")).containsExactly("552");
        assertThat(delivered).isEmpty();
        assertThat(answersTo("MAIL FROM:<a@a.example>\r\nRCPT TO:<b@a.example>\r\nDATA\r\n\r\nx\r\n.\r\n"))
                .containsExactly("250", "250", "354", "250");
    }

    @Test
    void keepsToTheOrderOfCommands() {
        assertThat(answersTo("RCPT TO:<b@a.example>\r\nDATA\r\nMAIL FROM\r\nBELLO\r\nNOOP\r\nQUIT\r\n"))
                .containsExactly("220", "503", "503", "501", "500", "250", "221");
        assertThat(session.isOver()).isTrue();
    }

    private List<String> answersTo(String wire) {
        return textAfter(wire.contains("\r") ? wire : wire.replace("\n", "\r\n"))
                .lines()
                .filter(line -> line.charAt(3) == ' ')
                .map(line -> line.substring(0, 3))
                .toList();
    }

    private String textAfter(String wire) {
        session.receive(ByteBuffer.wrap(wire.getBytes(StandardCharsets.UTF_8)));
        session.proceed(now);
        var text = new StringBuilder();
        while (session.outgoing().hasRemaining()) {
            var outgoing = session.outgoing();
            text.append(StandardCharsets.UTF_8.decode(outgoing));
        }
        return text.toString();
    }
}
