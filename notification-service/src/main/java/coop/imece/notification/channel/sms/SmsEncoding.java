package coop.imece.notification.channel.sms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways to put a text into SMS, and how much each part holds (its header takes room): see domain facts on Turkish
/// shift tables. In the order in which they are preferred when they need the same number of parts: a phone that does
/// not know the single shift table still shows something readable.
@SuppressWarnings("ImmutableEnumChecker") // neither table nor header ever changes
enum SmsEncoding {
    GSM(GsmAlphabet.DEFAULT, new byte[0], 160, 153),
    TURKISH_SINGLE(GsmAlphabet.SINGLE_SHIFT, new byte[] {0x24, 1, 1}, 155, 149),
    TURKISH_LOCKING(GsmAlphabet.LOCKING_SHIFT, new byte[] {0x25, 1, 1}, 155, 149),
    TURKISH_BOTH(GsmAlphabet.BOTH_SHIFTS, new byte[] {0x24, 1, 1, 0x25, 1, 1}, 152, 146),
    UCS2(null, new byte[0], 70, 67);

    private final @Nullable GsmAlphabet alphabet;
    private final byte[] shiftHeader;
    private final int single;
    private final int each;

    SmsEncoding(@Nullable GsmAlphabet alphabet, byte[] shiftHeader, int single, int each) {
        this.alphabet = alphabet;
        this.shiftHeader = shiftHeader;
        this.single = single;
        this.each = each;
    }

    /// Room in a message of one part, in septets or UTF-16 units.
    int single() {
        return single;
    }

    /// Room in each of several parts.
    int each() {
        return each;
    }

    byte[] shiftHeader() {
        return shiftHeader.clone();
    }

    /// The length of the text in units of this encoding, or −1 if it cannot hold it.
    int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int width = width(text, i);
            if (width == 0) {
                return -1;
            }
            length += width;
        }
        return length;
    }

    private int width(String text, int at) {
        return alphabet == null ? 1 : alphabet.width(text.charAt(at));
    }

    /// The text cut into parts; no part ends inside an escaped character or a surrogate pair.
    List<String> parts(String text) {
        if (length(text) <= single) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int units = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() ? 2 : 1;
            int width = 0;
            for (int u = 0; u < units; u++) {
                width += width(text, i + u);
            }
            if (used + width > each) {
                parts.add(text.substring(from, i));
                from = i;
                used = 0;
            }
            used += width;
            i += units;
        }
        parts.add(text.substring(from));
        return parts;
    }

    byte[] encode(String part) {
        return alphabet == null ? part.getBytes(StandardCharsets.UTF_16BE) : alphabet.encode(part);
    }

    byte dataCoding() {
        return (byte) (alphabet == null ? 8 : 0);
    }
}
