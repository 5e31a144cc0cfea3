package coop.imece.notification.channel.email;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/// One reply of the relay (RFC 5321, 4.2).
///
/// @param code three digits
/// @param text the lines after the code, joined by line feeds
record SmtpReply(int code, String text) {

    private static final int LONGEST = 4096;

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

    MailOutcome outcome() {
        return switch (code / 100) {
            case 2 -> new MailOutcome.Accepted(shortText());
            case 5 -> new MailOutcome.Refused(code, shortText());
            default -> new MailOutcome.Deferred(code, shortText());
        };
    }

    /// Replies are kept with the delivery, so they are cut.
    private String shortText() {
        String line = text.replace('\n', ' ');
        return code + " " + (line.length() > 200 ? line.substring(0, 200) : line);
    }
}
