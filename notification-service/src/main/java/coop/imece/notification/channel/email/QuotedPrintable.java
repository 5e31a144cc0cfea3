package coop.imece.notification.channel.email;

import java.nio.charset.StandardCharsets;

/// Quoted-printable (RFC 2045, 6.7) of a text with CRLF line breaks that arrives in pieces.
final class QuotedPrintable {

    private static final String HEX = "0123456789ABCDEF";
    private static final int LONGEST = 75;

    private int column;

    String softBreak() {
        column = 0;
        return "=\r\n";
    }

    String encode(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder(bytes.length + bytes.length / 2);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                out.append("\r\n");
                column = 0;
                i++;
                continue;
            }
            boolean lineEnds = i + 1 >= bytes.length || bytes[i + 1] == '\r';
            boolean literal = b > ' ' && b < 127 && b != '=' || (b == ' ' || b == '\t') && !lineEnds;
            int width = literal ? 1 : 3;
            if (column + width > LONGEST) {
                out.append("=\r\n");
                column = 0;
            }
            if (literal) {
                out.append((char) b);
            } else {
                out.append('=').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
            }
            column += width;
        }
        return out.toString();
    }
}
