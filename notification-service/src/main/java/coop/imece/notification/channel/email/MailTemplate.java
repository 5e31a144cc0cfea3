package coop.imece.notification.channel.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A mail rendered once for all who get the same words, with gaps for what differs: address, id, date and the two
/// capability tokens.
///
/// Whoever renders writes [Marks] where the gaps are to be. The parts are kept in both transfer encodings, so that a
/// relay without 8BITMIME gets quoted-printable. All lines are shorter than 998 bytes, and no line begins with a
/// single dot (RFC 5321, 4.5.2): neither text nor values can end the mail early.
public final class MailTemplate {

    private sealed interface Piece {}

    private record Text(byte[] bytes) implements Piece {}

    private enum Gap implements Piece {
        TO,
        MESSAGE_ID,
        DATE,
        STOP,
        PREFERENCES
    }

    /// What fills the gaps of one mail.
    ///
    /// @param to the address
    /// @param messageId without angle brackets
    /// @param date as RFC 5322 writes it
    /// @param stop the stop token, or empty where the mail has none
    /// @param preferences the preferences token, or empty where the mail has none
    public record Gaps(String to, String messageId, String date, String stop, String preferences) {

        public Gaps {
            check(EmailAddress.valid(to), "to");
            check(EmailAddress.valid(messageId), "messageId");
            check(date.length() < 64 && date.chars().allMatch(c -> c >= ' ' && c < 127), "date");
            check(token(stop), "stop");
            check(token(preferences), "preferences");
        }

        private static void check(boolean safe, String what) {
            if (!safe) {
                throw new IllegalArgumentException(what + " cannot stand in a mail");
            }
        }

        /// URL-safe, short enough for one line of quoted-printable, no dot to begin a line with.
        private static boolean token(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
                if (!word && c != '-' && c != '_' && (c != '.' || i == 0)) {
                    return false;
                }
            }
            return text.length() <= 300;
        }
    }

    /// Stand-ins for the tokens while the texts are rendered: plain letters and digits nobody can guess.
    ///
    /// @param stop where the stop token belongs
    /// @param preferences where the preferences token belongs
    public record Marks(String stop, String preferences) {

        public static Marks fresh() {
            String nonce = UUID.randomUUID().toString().replace("-", "");
            return new Marks("gapS" + nonce + "x", "gapP" + nonce + "x");
        }
    }

    /// A gap inside quoted-printable: what fills it is broken softly.
    private record SoftGap(Gap gap) implements Piece {}

    /// Bytes or gaps, in order.
    private final List<Piece> eightBit;

    private final List<Piece> sevenBit;

    private MailTemplate(List<Piece> eightBit, List<Piece> sevenBit) {
        this.eightBit = eightBit;
        this.sevenBit = sevenBit;
    }

    /// Builds the mail.
    ///
    /// @param headers in order; values may hold marks
    /// @param text the plain part, may hold marks
    /// @param html the HTML part, may hold marks
    static MailTemplate of(MailHeaders headers, String text, String html, Marks marks) {
        String boundary = "=_" + UUID.randomUUID();
        return new MailTemplate(
                pieces(headers, boundary, text, html, marks, true),
                pieces(headers, boundary, text, html, marks, false));
    }

    private static List<Piece> pieces(
            MailHeaders headers, String boundary, String text, String html, Marks marks, boolean eightBit) {
        var out = new Pieces();
        out.ascii("To: <").gap(Gap.TO).ascii(">\r\n");
        out.ascii("Message-ID: <").gap(Gap.MESSAGE_ID).ascii(">\r\n");
        out.ascii("Date: ").gap(Gap.DATE).ascii("\r\n");
        headers.forEach((name, value) -> {
            out.ascii(name + ": ");
            split(value, marks, out, out::ascii);
            out.ascii("\r\n");
        });
        out.ascii(
                "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n");
        part(out, boundary, "text/plain; charset=utf-8", text, marks, eightBit);
        part(out, boundary, "text/html; charset=utf-8", html, marks, eightBit);
        out.ascii("--" + boundary + "--\r\n");
        return out.done();
    }

    private static void part(Pieces out, String boundary, String type, String body, Marks marks, boolean eightBit) {
        out.ascii("--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: "
                + (eightBit ? "8bit" : "quoted-printable") + "\r\n\r\n");
        if (eightBit) {
            split(
                    Lines.folded(Lines.clean(body)),
                    marks,
                    out,
                    piece -> out.bytes(piece.getBytes(StandardCharsets.UTF_8)));
        } else {
            var encoder = new QuotedPrintable();
            // A soft break before and after each gap keeps lines within 76 characters whatever fills it.
            split(
                    Lines.clean(body),
                    marks,
                    new BreakingPieces(out, encoder),
                    piece -> out.ascii(encoder.encode(piece)));
        }
        out.ascii("\r\n");
    }

    private interface GapTaker {
        void take(Gap gap);
    }

    private interface TextTaker {
        void take(String text);
    }

    private static void split(String text, Marks marks, GapTaker gaps, TextTaker texts) {
        int from = 0;
        while (true) {
            int stop = text.indexOf(marks.stop(), from);
            int preferences = text.indexOf(marks.preferences(), from);
            if (stop < 0 && preferences < 0) {
                texts.take(text.substring(from));
                return;
            }
            boolean stopFirst = preferences < 0 || stop >= 0 && stop < preferences;
            int at = stopFirst ? stop : preferences;
            texts.take(text.substring(from, at));
            gaps.take(stopFirst ? Gap.STOP : Gap.PREFERENCES);
            from = at + (stopFirst ? marks.stop() : marks.preferences()).length();
        }
    }

    private record BreakingPieces(Pieces out, QuotedPrintable encoder) implements GapTaker {
        @Override
        public void take(Gap gap) {
            out.ascii(encoder.softBreak());
            out.soft(gap);
            out.ascii(encoder.softBreak());
        }
    }

    private static final class Pieces implements GapTaker {

        private final List<Piece> pieces = new ArrayList<>();
        private final WireBuffer buffer = new WireBuffer();
        private boolean lineStart = true;

        Pieces ascii(String text) {
            return bytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        /// Doubles a dot at the beginning of a line.
        Pieces bytes(byte[] bytes) {
            int from = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (lineStart && bytes[i] == '.') {
                    buffer.put(bytes, from, i - from).put(new byte[] {'.'});
                    from = i;
                }
                lineStart = bytes[i] == '\n';
            }
            buffer.put(bytes, from, bytes.length - from);
            return this;
        }

        Pieces gap(Gap gap) {
            take(gap);
            return this;
        }

        @Override
        public void take(Gap gap) {
            close();
            pieces.add(gap);
            lineStart = false;
        }

        void soft(Gap gap) {
            close();
            pieces.add(new SoftGap(gap));
            lineStart = false;
        }

        List<Piece> done() {
            close();
            return List.copyOf(pieces);
        }

        private void close() {
            if (buffer.length() > 0) {
                pieces.add(new Text(buffer.bytes()));
                buffer.clear();
            }
        }
    }

    void write(WireBuffer out, boolean allowEightBit, Gaps gaps) {
        for (Piece piece : allowEightBit ? eightBit : sevenBit) {
            switch (piece) {
                case Text text -> out.put(text.bytes());
                case Gap gap -> out.ascii(value(gap, gaps));
                case SoftGap soft -> out.ascii(value(soft.gap(), gaps).replaceAll("(.{70})(?=.)", "$1=\r\n"));
            }
        }
    }

    private static String value(Gap gap, Gaps gaps) {
        return switch (gap) {
            case TO -> gaps.to();
            case MESSAGE_ID -> gaps.messageId();
            case DATE -> gaps.date();
            case STOP -> gaps.stop();
            case PREFERENCES -> gaps.preferences();
        };
    }
}
