package coop.imece.notification.channel.email;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Header fields of a mail, in order. No value can end its field: line breaks and other control characters never pass.
final class MailHeaders {

    private static final int ENCODED_BYTES = 42;

    private final Map<String, String> fields = new LinkedHashMap<>();

    /// A field of our own making, such as `List-Unsubscribe`: printable ASCII only, or it is refused.
    MailHeaders add(String name, String value) {
        if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,60}")) {
            throw new IllegalArgumentException("no name of a header field");
        }
        if (value.length() > 800 || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("the value of " + name + " cannot stand in a mail");
        }
        if (fields.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException(name + " is there already");
        }
        return this;
    }

    /// A field with words of people: control characters become blanks, what is not plain ASCII is encoded (RFC 2047).
    MailHeaders addWords(String name, String words) {
        return encoded(name, encode(words));
    }

    /// An address with a name.
    MailHeaders addMailbox(String name, String words, String address) {
        if (!EmailAddress.valid(address)) {
            throw new IllegalArgumentException("no address for " + name);
        }
        String phrase = encode(words);
        String quoted = phrase.startsWith("=?") || phrase.matches("[A-Za-z0-9 ]+")
                ? phrase
                : '"' + phrase.replaceAll("[\"\\\\]", "") + '"';
        return encoded(name, quoted + " <" + address + ">");
    }

    private MailHeaders encoded(String name, String value) {
        fields.put(name, value);
        return this;
    }

    void forEach(BiConsumer<String, String> action) {
        fields.forEach(action);
    }

    static String encode(String words) {
        String line = words.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (line.chars().allMatch(c -> c >= ' ' && c < 127) && !line.contains("=?") && line.length() <= 200) {
            return line;
        }
        // Encoded words of at most 75 characters, none cutting a character in two, folded one to a line.
        var out = new StringBuilder();
        var word = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int width = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + width > ENCODED_BYTES) {
                word(out, word);
                bytes = 0;
            }
            word.appendCodePoint(c);
            bytes += width;
            i += Character.charCount(c);
        }
        word(out, word);
        return out.toString();
    }

    private static void word(StringBuilder out, StringBuilder word) {
        if (!word.isEmpty()) {
            out.append(out.isEmpty() ? "" : "\r\n ")
                    .append("=?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)))
                    .append("?=");
            word.setLength(0);
        }
    }
}
