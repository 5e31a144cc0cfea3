package coop.imece.notification.channel.email;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One reply of the relay (RFC 5321, 4.2).
///
/// @param code three digits
/// @param text the lines after the code, joined by line feeds
record SmtpReply(int code, String text) {

    private static final int LONGEST = 4096;
    private static final int KEPT = 200;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6}");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

    boolean positive() {
        return code / 100 == 2;
    }

    /// 421 may answer anything: the relay is closing the connection.
    boolean closing() {
        return code == 421;
    }

    static SmtpReply read(InputStream in) throws IOException {
        var text = new StringBuilder();
        var line = new byte[512];
        while (true) {
            int length = 0;
            int b;
            while ((b = in.read()) != '\n') {
                if (b < 0) {
                    throw new EOFException("connection closed by the relay");
                }
                if (length == line.length) {
                    if (length >= LONGEST) {
                        throw new ProtocolException("endless reply");
                    }
                    line = java.util.Arrays.copyOf(line, length * 2);
                }
                line[length++] = (byte) b;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            int code = code(line, length);
            String rest = length > 4 ? new String(line, 4, length - 4, StandardCharsets.UTF_8) : "";
            text.append(text.isEmpty() ? "" : "\n").append(rest);
            if (text.length() > LONGEST) {
                throw new ProtocolException("endless reply");
            }
            if (length == 3 || line[3] != '-') {
                return new SmtpReply(code, text.toString());
            }
        }
    }

    private static int code(byte[] line, int length) throws ProtocolException {
        if (length < 3) {
            throw new ProtocolException("reply without a code");
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            if (line[i] < '0' || line[i] > '9') {
                throw new ProtocolException("reply without a code");
            }
            code = code * 10 + line[i] - '0';
        }
        return code;
    }

    /// @param to the recipient this reply is about
    MailOutcome outcome(String to) {
        return switch (code / 100) {
            case 2 -> new MailOutcome.Accepted(kept(to));
            case 5 -> new MailOutcome.Refused(code, kept(to));
            default -> new MailOutcome.Deferred(code, kept(to));
        };
    }

    /// What is kept and logged of it. Relays like to repeat the address, in whatever case and with whatever around it,
    /// or a number; all of that is left out before the rest is cut, or half of it would stay.
    private String kept(String to) {
        String person = to.substring(0, Math.max(to.lastIndexOf('@'), 0));
        String text = SPACE.splitAsStream(text().strip())
                .map(word -> personal(word, person) ? "…" : word)
                .collect(Collectors.joining(" "));
        return code + " " + (text.length() > KEPT ? text.substring(0, KEPT) : text);
    }

    private static boolean personal(String word, String person) {
        return word.indexOf('@') >= 0
                || LONG_NUMBER.matcher(word).find()
                || !person.isEmpty() && AROUND.matcher(word).replaceAll("").equalsIgnoreCase(person);
    }
}
