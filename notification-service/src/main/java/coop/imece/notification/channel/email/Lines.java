package coop.imece.notification.channel.email;

import java.nio.charset.StandardCharsets;

/// Lines as a mail may carry them.
final class Lines {

    /// Bytes; RFC 5322 allows 998, a gap may still be filled.
    private static final int LONGEST = 600;

    private Lines() {}

    /// CRLF everywhere, no other control characters, a line break at the end.
    static String clean(String text) {
        var out = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\r\n");
            } else if (c == '\t' || c >= ' ' && c != 0x7F && !(c >= 0x80 && c < 0xA0)) {
                out.append(c);
            } else if (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                out.append("\r\n");
            }
        }
        if (!out.toString().endsWith("\r\n")) {
            out.append("\r\n");
        }
        return out.toString();
    }

    /// Breaks lines too long for 8bit, at a blank if there is one.
    static String folded(String text) {
        var out = new StringBuilder(text.length() + 64);
        for (String line : text.split("(?<=\r\n)")) {
            String rest = line;
            while (rest.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                int fits = fitting(rest);
                int blank = rest.lastIndexOf(' ', fits);
                int cut = blank > 0 ? blank + 1 : fits;
                out.append(rest, 0, cut).append("\r\n");
                rest = rest.substring(cut);
            }
            out.append(rest);
        }
        return out.toString();
    }

    private static int fitting(String line) {
        int bytes = 0;
        int i = 0;
        while (i < line.length()) {
            int c = line.codePointAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > LONGEST - 2) {
                break;
            }
            i += Character.charCount(c);
        }
        return Math.max(i, 1);
    }
}
